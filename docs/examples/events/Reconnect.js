const sdk = await signedIn();
await sdk.request.idle();
const back = happens(sdk, 'Reconnect');
await sandbox.fault({ kind: 'drop-sockets', path: '/ws' });
const [{ nowState }] = await back;
show(nowState); //> Idle
