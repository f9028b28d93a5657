const sdk = await signedIn();
const closed = happens(sdk, 'Close');
await sandbox.fault({ kind: 'drop-sockets', path: '/ws' });
await closed;
show(sdk.isConnected()); //> false
