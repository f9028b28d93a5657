const sdk = new AgentSdk({ ...options, url: `ws://${location.host}/ws` });
await happens(sdk, 'Open');
show(sdk.isConnected()); //> true
