const sdk = await signedIn();
try {
  sdk.getIdleAgentByGroupId('');
} catch (error) {
  show(error.code); //> GROUP_EMPTY
}
