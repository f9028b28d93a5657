const sdk = await signedIn();
await sdk.request.call('13800138000');
const { event } = await sdk.request.mute();
show(event); //> Mute
