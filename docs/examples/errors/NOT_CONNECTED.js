const sdk = new AgentSdk(options);
try {
  sdk.call('13800138000');
} catch (error) {
  show(error.code); //> NOT_CONNECTED
}
