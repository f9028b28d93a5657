const sdk = await signedIn({ timeout: 600 });
await sandbox.fault({ kind: 'freeze', ms: 1300 });
try {
  await sdk.request.idle();
} catch (error) {
  show(error.code); //> COMMAND_TIMEOUT
}
