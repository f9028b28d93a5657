const sdk = await signedIn();
sdk.on('Idle', ({ nowState }) => show(nowState)); //> Idle
await sdk.request.idle();
