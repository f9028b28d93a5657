await sandbox.fault({ kind: 'refuse-connections', ms: 3000 });
const sdk = new AgentSdk(options);
const [error] = await happens(sdk, 'Error');
show(error?.type); //> …
