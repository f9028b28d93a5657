const sdk = await signedIn();
await sdk.request.call('13800138000');
const { event } = await sdk.request.transferCall('13900139000', 2);
show(event, sdk.snapshot().call.transfer); //> TransferCalling 13900139000
