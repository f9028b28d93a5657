const sdk = await signedIn({ features: { hold: false } });
try {
  sdk.hold();
} catch (error) {
  show(error.code); //> FEATURE_OFF
}
