await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
const { data } = await sdk.request.surveillance({ groupId: 'g-sales' });
show(data.agentList.map((agent) => agent.agentNumber).includes('1002')); //> true
