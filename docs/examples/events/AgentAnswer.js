const sdk = await signedIn();
sdk.call('13800138000');
const [{ nowState }] = await happens(sdk, 'AgentAnswer');
show(nowState); //> AgentAnswer
