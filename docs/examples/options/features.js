const sdk = await signedIn({ features: { transfer: false } });
try {
  sdk.transferCall('1002');
} catch (error) {
  show(error.code); //> FEATURE_OFF
}
