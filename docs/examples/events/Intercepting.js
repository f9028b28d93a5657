const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const told = happens(sdk, 'Intercepting');
sdk.intercept('1002');
const [{ event }] = await told;
show(event); //> Intercepting
