const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
await sdk.request.intercept('1002');
show(sdk.snapshot().call.party); //> 13800138000
