const sdk = await signedIn({ loginType: 2 });
show(sdk.getLoginType()); //> 2
