const sdk = await signedIn();
const changed = happens(sdk, 'snapshot');
sdk.idle();
const [snapshot, parts] = await changed;
show(parts.length > 0, snapshot === sdk.snapshot()); //> true true
