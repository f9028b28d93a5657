const sdk = await signedIn();
try {
  await sdk.request.hold();
} catch (error) {
  show(error.code, error.remedy); //> NOT_ALLOWED …
}
