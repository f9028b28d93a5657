const sdk = await signedIn({ busyAfterMissed: 1 });
await sdk.request.idle();
const told = happens(sdk, 'Exception');
const ringing = happens(sdk, 'AgentRinging');
const call = await sandbox.call({ from: '13800138000', agent: '1001' });
await ringing;
await sandbox.hangup(call);
const [error] = await told;
show(error.code); //> MISSED_CALLS
