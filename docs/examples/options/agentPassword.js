const sdk = new AgentSdk({ ...options, agentPassword: 'wrong' });
const [error] = await happens(sdk, 'Exception');
show(error.code); //> REFUSED
