await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
const { data } = await sdk.request.surveillance();
show(data.agentList.find((agent) => agent.agentNumber === '1002').nowState); //> Login
