const sdk = await signedIn();
sdk.destroy();
show(sdk.isConnected()); //> false
