const sdk = await signedIn();
await sdk.request.idle();
const answered = happens(sdk, 'IdleAgent');
sdk.getFree();
const [{ data }] = await answered;
show(data.agentList.length); //> …
