const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const { event } = await sdk.request.forceBreak('1002');
show(event); //> ForceBreak
