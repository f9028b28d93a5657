const sdk = await signedIn();
const locked = happens(sdk, 'Lock');
await sandbox.fault({ kind: 'lock', agent: '1001' });
await locked;
show(sdk.snapshot().agent.situation); //> locked
