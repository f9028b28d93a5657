const sdk = await signedIn();
try {
  sdk.send({ state: 'idle' });
} catch (error) {
  show(error.code); //> COMMAND_INVALID
}
