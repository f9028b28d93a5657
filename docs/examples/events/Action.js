const sdk = await signedIn({ el: toolbar });
await sdk.request.call('13800138000');
const done = happens(sdk, 'Action');
await press('hangUp');
const [{ name }] = await done;
show(name); //> hangUp
