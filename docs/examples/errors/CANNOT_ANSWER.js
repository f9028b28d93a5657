const sdk = await signedIn({ loginType: 1 });
try {
  sdk.answer();
} catch (error) {
  show(error.code); //> CANNOT_ANSWER
}
