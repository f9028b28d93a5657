const sdk = await signedIn();
const id = sdk.on('Idle', () => show('not told'));
show(sdk.off('Idle', id), sdk.off('Idle', id)); //> true false
await sdk.request.idle();
