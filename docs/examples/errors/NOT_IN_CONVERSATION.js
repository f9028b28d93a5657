await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
await sdk.request.surveillance();
try {
  await sdk.request.listen('1002');
} catch (error) {
  show(error.code); //> NOT_IN_CONVERSATION
}
