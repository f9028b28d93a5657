const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn();
const { data } = await sdk.request.getIdleAgentByGroupId('g-sales');
show(data.agentList.map(({ agentNumber }) => agentNumber)); //> ["1002"]
