const { agentPassword, ...others } = options;
const credentials = async () => { throw new Error('no session'); };
const sdk = new AgentSdk({ ...others, credentials });
const [error] = await happens(sdk, 'Exception');
show(error.code); //> CREDENTIALS_FAILED
show(error.message); //> …no session…
