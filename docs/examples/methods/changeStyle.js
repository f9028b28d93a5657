const sdk = await signedIn({ el: toolbar });
sdk.changeStyle({ '--at-accent': '#00796b' });
show(sdk.element.style.getPropertyValue('--at-accent')); //> #00796b
