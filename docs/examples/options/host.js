const sdk = new AgentSdk({ ...options, host: '/elsewhere' });
const [error] = await happens(sdk, 'Exception');
show(error.code); //> BROKER_ERROR
