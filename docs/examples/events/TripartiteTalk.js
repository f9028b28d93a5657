const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.consultCall('13900139000', 2);
const started = happens(sdk, 'TripartiteTalk');
sdk.tripartiteCall();
const [{ event }] = await started;
show(event); //> TripartiteTalk
