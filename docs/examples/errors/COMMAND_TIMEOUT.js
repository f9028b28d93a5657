const sdk = await signedIn({ timeout: 3000 });
await sandbox.fault({ kind: 'freeze', ms: 20_000 });
try {
  await sdk.request.busy();
} catch (error) {
  show(error.code); //> COMMAND_TIMEOUT
}
