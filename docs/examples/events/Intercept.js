const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.call('13800138000');
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const started = happens(sdk, 'Intercept');
sdk.intercept('1002');
const [{ event }] = await started;
show(event); //> Intercept
