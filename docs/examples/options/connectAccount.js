const { connectAccount, ...others } = options;
try {
  new AgentSdk(others);
} catch (error) {
  show(error.code); //> OPTION_MISSING
}
