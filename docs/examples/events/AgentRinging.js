const sdk = await signedIn();
await sdk.request.idle();
const ringing = happens(sdk, 'AgentRinging');
await sandbox.call({ from: '13800138000', agent: '1001' });
const [event] = await ringing;
show(event.data.caller, event.nowState); //> 13800138000 AgentRinging
