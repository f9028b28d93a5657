const sdk = await signedIn({ el: toolbar, phoneEncryption: true });
await sdk.request.call('13800138000');
show(await seen('138****8000')); //> 138****8000
show(sdk.snapshot().call.party); //> 13800138000
