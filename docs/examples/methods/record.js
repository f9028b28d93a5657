const sdk = await signedIn();
const record = sdk.record();
show(record.includes(options.agentPassword), AgentSdk.replay(record).agent.number); //> false 1001
