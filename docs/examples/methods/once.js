const sdk = await signedIn();
sdk.once('Idle', () => show('ready')); //> ready
await sdk.request.idle();
await sdk.request.busy();
await sdk.request.idle();
