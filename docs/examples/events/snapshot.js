const sdk = await signedIn();
const changed = happens(sdk, 'snapshot');
sdk.idle();
const [snapshot, parts] = await changed;
show(snapshot.agent.number, parts.length > 0); //> 1001 true
