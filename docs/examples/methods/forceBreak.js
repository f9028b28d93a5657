const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const after = happens(colleague, 'After');
await sdk.request.forceBreak('1002');
await after;
show(colleague.isConversation()); //> false
