const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.hold();
await sdk.request.unHold();
show(sdk.snapshot().call.held); //> false
