const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
await sdk.request.listen('1002');
show(sdk.snapshot().call.watch); //> {"kind":"listen","agentNumber":"1002"}
