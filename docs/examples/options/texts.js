const sdk = await signedIn({ el: toolbar, lang: 'en', texts: { en: { READY: 'Free' } } });
await sdk.request.idle();
show(await seen('Free')); //> Free
