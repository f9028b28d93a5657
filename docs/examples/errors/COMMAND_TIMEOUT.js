const sdk = await signedIn({ timeout: 300 });
await sandbox.fault({ kind: 'freeze', ms: 1000 });
try {
  await sdk.request.busy();
} catch (error) {
  show(error.code); //> COMMAND_TIMEOUT
}
