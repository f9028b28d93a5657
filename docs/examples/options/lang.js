const sdk = new AgentSdk({ ...options, lang: 'en' });
try {
  sdk.hold();
} catch (error) {
  show(error.message); //> establish a link first
}
