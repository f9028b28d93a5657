const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const busy = happens(colleague, 'Busy');
await sdk.request.forceBusy('1002');
await busy;
show(colleague.snapshot().agent.situation); //> busy
