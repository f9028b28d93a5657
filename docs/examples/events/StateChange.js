const sdk = await signedIn();
const changed = happens(sdk, 'StateChange');
sdk.busy();
const [state] = await changed;
show(state); //> Busy
