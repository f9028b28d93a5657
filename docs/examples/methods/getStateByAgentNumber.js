await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.surveillance();
show(sdk.getStateByAgentNumber('1002')); //> Login
