const sdk = await signedIn();
sdk.connect();
await happens(sdk, 'Open');
show(sdk.isConnected()); //> true
