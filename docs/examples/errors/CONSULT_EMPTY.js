const sdk = await signedIn();
try {
  sdk.consult('');
} catch (error) {
  show(error.code); //> CONSULT_EMPTY
}
