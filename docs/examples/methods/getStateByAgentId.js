const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn({ agentNumber: '1000' });
show(await sdk.request.getStateByAgentId('1002')); //> Idle
