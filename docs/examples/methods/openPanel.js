const sdk = await signedIn({ el: toolbar, lang: 'en' });
sdk.openPanel('settings');
show(await seen('Theme')); //> Theme
