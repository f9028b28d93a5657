const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const told = happens(colleague, 'Whispering');
sdk.whisper('1002');
const [{ data }] = await told;
show(data.agentNumber); //> 1000
