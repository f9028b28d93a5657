const sdk = await signedIn();
const [reason] = sdk.snapshot().agent.busyTypes;
await sdk.request.busy(reason);
show(sdk.snapshot().agent.busyType); //> 小休
