const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.hold();
const { event } = await sdk.request.unHold();
show(event); //> UnHold
