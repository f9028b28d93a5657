const sdk = await signedIn();
const waiting = sdk.request.call('13800138000');
sdk.init();
try {
  await waiting;
} catch (error) {
  show(error.code); //> REPLACED
}
