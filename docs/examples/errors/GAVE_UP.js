await sandbox.fault({ kind: 'refuse-connections', path: '/ws', ms: 60_000 });
const sdk = new AgentSdk({ ...options, maxReconnect: 1 });
const told = new Promise((resolve) => {
  sdk.on('Exception', ({ code }) => code === 'GAVE_UP' && resolve(code));
});
show(await told); //> GAVE_UP
