const sdk = await signedIn({ el: toolbar, lang: 'en', busyLimits: { 小休: 1 } });
await sdk.request.busy('小休');
show(await seen('1 min over')); //> 1 min over
