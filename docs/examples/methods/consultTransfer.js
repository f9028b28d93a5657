const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.consultCall('13900139000', 2);
const { event } = await sdk.request.consultTransfer();
show(event); //> ConsultTransfer
