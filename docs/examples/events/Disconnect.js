const sdk = await signedIn();
const ended = happens(sdk, 'Disconnect');
sdk.break();
await ended;
show(sdk.snapshot().link.state); //> down
