const sdk = await signedIn({ el: toolbar, density: 'compact' });
show(sdk.element.getAttribute('density')); //> compact
