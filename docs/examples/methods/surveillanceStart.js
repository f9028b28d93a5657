await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
const told = happens(sdk, 'agents');
sdk.surveillanceStart({ groupId: 'g-sales' }, 500);
const [{ changed }] = await told;
show(changed.some((agent) => agent.agentNumber === '1002')); //> true
