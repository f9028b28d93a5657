const sdk = await signedIn({ loginType: 3 });
try {
  sdk.idle();
} catch (error) {
  show(error.code); //> PHONE_NOT_REGISTERED
}
