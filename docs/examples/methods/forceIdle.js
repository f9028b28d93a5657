const colleague = await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const idle = happens(colleague, 'Idle');
await sdk.request.forceIdle('1002');
await idle;
show(colleague.snapshot().agent.situation); //> ready
