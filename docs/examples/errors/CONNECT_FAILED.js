await sandbox.fault({ kind: 'refuse-connections', path: '/ws', ms: 60_000 });
const sdk = new AgentSdk(options);
const [error] = await happens(sdk, 'Exception');
show(error.code); //> CONNECT_FAILED
