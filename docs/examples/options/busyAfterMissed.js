const sdk = await signedIn({ loginType: 3, busyAfterMissed: 1 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
const told = new Promise((resolve) => {
  sdk.on('Exception', ({ code }) => code === 'MISSED_CALLS' && resolve(code));
});
const ringing = happens(sdk, 'AgentRinging');
const call = await sandbox.call({ from: '13800138000', agent: '1001' });
await ringing;
await sandbox.hangup(call);
show(await told); //> MISSED_CALLS
