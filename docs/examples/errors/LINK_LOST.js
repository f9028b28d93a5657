const sdk = await signedIn();
await sandbox.fault({ kind: 'freeze', path: '/ws', ms: 20_000 });
const waiting = sdk.request.busy();
await sandbox.fault({ kind: 'drop-sockets', path: '/ws' });
try {
  await waiting;
} catch (error) {
  show(error.code); //> LINK_LOST
}
