const sdk = await signedIn();
await sdk.request.call('13800138000');
try {
  await sdk.request.consultCall('00001017', 2);
} catch (error) {
  show(error.code); //> COMMAND_FAILED
}
