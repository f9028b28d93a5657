const sdk = await signedIn();
show(sdk.isRegistered()); //> undefined
