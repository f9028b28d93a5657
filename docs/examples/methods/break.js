const sdk = await signedIn();
await new Promise((done) => { sdk.break(done); });
show(sdk.isConnected()); //> false
