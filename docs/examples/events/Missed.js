const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
const ringing = happens(sdk, 'AgentRinging');
const missed = happens(sdk, 'Missed');
const id = await sandbox.call({ from: '13800138000', agent: '1001' });
await ringing;
await sandbox.hangup(id);
const [{ call }] = await missed;
show(call.party); //> 13800138000
