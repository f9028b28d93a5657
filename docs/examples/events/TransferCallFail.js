const sdk = await signedIn();
await sdk.request.call('13800138000');
const failed = happens(sdk, 'TransferCallFail');
sdk.transferCall('00001017', 2);
const [{ event }] = await failed;
show(event); //> TransferCallFail
