const sdk = await signedIn();
await sdk.request.logout();
try {
  sdk.idle();
} catch (error) {
  show(error.code); //> NOT_LOGGED_IN
}
