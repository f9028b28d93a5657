const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.consultCall('13900139000', 2);
await sdk.request.tripartiteCall();
show(sdk.snapshot().call.conference); //> true
