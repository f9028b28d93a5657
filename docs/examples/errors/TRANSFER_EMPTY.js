const sdk = await signedIn();
try {
  sdk.transferCall('');
} catch (error) {
  show(error.code); //> TRANSFER_EMPTY
}
