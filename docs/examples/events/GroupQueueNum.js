const sdk = await signedIn();
const { data } = await sdk.request.getQueueInfo();
show(data.groupQueueNum); //> 0
