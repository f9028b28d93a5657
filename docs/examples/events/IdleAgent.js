const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn();
const { data } = await sdk.request.getIdleAgentByGroupId('g-sales');
show(data.agentList[0].agentNumber); //> 1002
