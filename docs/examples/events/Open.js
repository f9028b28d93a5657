const sdk = new AgentSdk(options);
const [frame] = await happens(sdk, 'Open');
show(frame.command); //> CONNECTED
