const sdk = new AgentSdk(options);
const [{ data }] = await happens(sdk, 'Login');
show(data.agentType, data.busyType); //> 0 小休,会议,培训
