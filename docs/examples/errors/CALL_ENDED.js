const sdk = await signedIn();
try {
  await sdk.request.call('00001017');
} catch (error) {
  show(error.code); //> CALL_ENDED
  show(error.message); //> …1017…
}
