const sdk = await signedIn({ el: toolbar });
sdk.setLang('en');
await sdk.request.idle();
show(await seen('Ready')); //> Ready
