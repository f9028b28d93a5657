const sdk = await signedIn();
await sdk.request.call('13800138000');
show(sdk.isConversation()); //> true
