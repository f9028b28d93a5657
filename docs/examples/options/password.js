const { agentPassword, ...others } = options;
const sdk = new AgentSdk({ ...others, password: agentPassword });
await happens(sdk, 'Login');
show(sdk.isLogin()); //> true
