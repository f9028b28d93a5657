const sdk = new AgentSdk(options);
show(sdk.isConnecting()); //> true
