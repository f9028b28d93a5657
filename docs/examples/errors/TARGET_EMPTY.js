const sdk = await signedIn({ agentNumber: '1000' });
try {
  sdk.forceIdle('');
} catch (error) {
  show(error.code); //> TARGET_EMPTY
}
