const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.hold();
show(sdk.snapshot().call.held); //> true
