const sdk = await signedIn();
show(sdk.isLogin()); //> true
