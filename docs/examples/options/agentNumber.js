const sdk = await signedIn({ agentNumber: '1000' });
const { number, supervisor } = sdk.snapshot().agent;
show(number, supervisor); //> 1000 true
