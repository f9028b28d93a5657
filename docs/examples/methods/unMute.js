const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.mute();
await sdk.request.unMute();
show(sdk.snapshot().call.muted); //> false
