const sdk = await signedIn();
await sdk.request.call('13800138000');
const { nowState } = await sdk.request.hold();
show(nowState); //> Hold
