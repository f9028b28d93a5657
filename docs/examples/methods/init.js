const sdk = new AgentSdk();
sdk.init(options);
await happens(sdk, 'Login');
show(sdk.isLogin()); //> true
