try {
  new AgentSdk({ ...options, connectAccount: 'guest\nadmin' });
} catch (error) {
  show(error.code); //> OPTION_WRONG
  show(error.message); //> …connectAccount…
}
