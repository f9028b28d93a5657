const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const told = happens(colleague, 'ForceInserting');
sdk.forceInsert('1002');
const [{ data }] = await told;
show(data.agentNumber); //> 1000
