await sandbox.fault({ kind: 'refuse-connections', ms: 60_000 });
const sdk = new AgentSdk(options);
const [error] = await happens(sdk, 'Error');
show(error?.type); //> …
