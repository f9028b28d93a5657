const sdk = await signedIn();
await sdk.request.busy('会议');
show(AgentSdk.replay(sdk.record()).agent.busyType); //> 会议
