const sdk = await signedIn({ el: toolbar, lang: 'en' });
sdk.openPanel('settings');
await seen('Theme');
sdk.closePanel();
show('closed'); //> closed
