const sdk = await signedIn();
await sdk.request.call('13800138000');
const started = happens(sdk, 'ConsultCall');
sdk.consultCall('13900139000', 2);
const [{ event }] = await started;
show(event); //> ConsultCall
