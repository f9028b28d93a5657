const sdk = await signedIn();
try {
  await sdk.request.hold();
} catch (error) {
  show(error.code); //> NOT_ALLOWED
  show(sdk.snapshot().allowed.includes('hold')); //> false
}
