const sdk = await signedIn({ agentNumber: '1001' });
await sdk.request.busy();
try {
  await sdk.request.listen('1002');
} catch (error) {
  show(error.code); //> NOT_SUPERVISOR
}
