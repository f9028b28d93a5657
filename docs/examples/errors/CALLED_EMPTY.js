const sdk = await signedIn();
try {
  sdk.call('');
} catch (error) {
  show(error.code); //> CALLED_EMPTY
}
