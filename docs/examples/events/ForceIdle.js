await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const { data } = await sdk.request.forceIdle('1002');
show(data.beAgentNumber); //> 1002
