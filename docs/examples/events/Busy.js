const sdk = await signedIn();
const { data } = await sdk.request.busy('小休');
show(data.currentBusyType); //> 小休
