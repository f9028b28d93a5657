const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.transferCall('00020030', 2);
const { event } = await sdk.request.transferCancel();
show(event); //> TransferCancel
