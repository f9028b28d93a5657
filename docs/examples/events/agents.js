await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
const told = happens(sdk, 'agents');
sdk.surveillance();
const [{ changed }] = await told;
show(changed.map((agent) => agent.agentNumber)); //> …1002…
