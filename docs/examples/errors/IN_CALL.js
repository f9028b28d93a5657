const sdk = await signedIn();
await sdk.request.call('13800138000');
try {
  sdk.break();
} catch (error) {
  show(error.code); //> IN_CALL
}
