const sdk = await signedIn();
show(sdk.isConnected()); //> true
