await sandbox.fault({ kind: 'refuse-connections', path: '/ws', ms: 2000 });
const sdk = new AgentSdk(options);
const [error] = await happens(sdk, 'Exception');
show(error.code); //> CONNECT_FAILED
