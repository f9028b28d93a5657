const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const told = happens(sdk, 'Exception');
await sandbox.fault({ kind: 'drop-sockets', path: '/sip' });
const [error] = await told;
show(error.code); //> PHONE_DISCONNECTED
