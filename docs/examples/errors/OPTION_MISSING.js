try {
  new AgentSdk({ ...options, url: undefined });
} catch (error) {
  show(error.code); //> OPTION_MISSING
  show(error.message); //> …url…
}
