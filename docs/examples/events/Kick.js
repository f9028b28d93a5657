const sdk = await signedIn();
const kicked = happens(sdk, 'Kick');
await sandbox.fault({ kind: 'kick', agent: '1001' });
const [{ event }] = await kicked;
show(event); //> Kick
