const sdk = new AgentSdk();
try {
  sdk.init();
} catch (error) {
  show(error.code); //> OPTIONS_MISSING
  show(error.remedy); //> …
}
