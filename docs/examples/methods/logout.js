const sdk = await signedIn();
await sdk.request.logout();
show(sdk.isLogin(), sdk.isConnected()); //> false true
