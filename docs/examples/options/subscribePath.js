const sdk = await signedIn({ subscribePath: '/exchange/amq.topic' });
show(sdk.isLogin()); //> true
