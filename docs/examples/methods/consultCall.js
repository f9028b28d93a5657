const sdk = await signedIn();
await sdk.request.call('13800138000');
const { data } = await sdk.request.consultCall('13900139000', 2);
show(data.callType, sdk.snapshot().call.party); //> consult 13800138000
