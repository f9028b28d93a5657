const sdk = await signedIn();
try {
  sdk.setUserdata();
} catch (error) {
  show(error.code); //> USERDATA_INVALID
}
