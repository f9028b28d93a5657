const { agentPassword, ...others } = options;
const credentials = async () => ({ agentPassword });
const sdk = new AgentSdk({ ...others, credentials });
await happens(sdk, 'Login');
show(sdk.isLogin()); //> true
