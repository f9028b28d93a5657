const sdk = await signedIn({ agentNumber: '1000' });
const answered = happens(sdk, 'Surveillance');
sdk.surveillanceStart();
await answered;
sdk.surveillanceEnd();
show('no longer asked'); //> no longer asked
