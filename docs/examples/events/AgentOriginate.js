const sdk = await signedIn();
sdk.call('13800138000');
const [{ data }] = await happens(sdk, 'AgentOriginate');
show(data.callDirection); //> 2
