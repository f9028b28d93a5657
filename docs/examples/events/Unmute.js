const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.mute();
const { event } = await sdk.request.unMute();
show(event); //> Unmute
