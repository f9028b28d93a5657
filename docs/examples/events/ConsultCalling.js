const sdk = await signedIn();
await sdk.request.call('13800138000');
const calling = happens(sdk, 'ConsultCalling');
sdk.consultCall('13900139000', 2);
const [{ event }] = await calling;
show(event); //> ConsultCalling
