const sdk = await signedIn();
try {
  sdk.send();
} catch (error) {
  show(error.code); //> COMMAND_EMPTY
}
