await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const { event } = await sdk.request.defaultTargetCmd('forceBusy', '1002');
show(event); //> ForceBusy
