const sdk = await signedIn({ el: toolbar, theme: 'dark' });
show(sdk.element.getAttribute('theme')); //> dark
