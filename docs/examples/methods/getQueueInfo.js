const sdk = await signedIn();
await sandbox.call({ from: '13800138000', group: 'g-sales' });
const { data } = await sdk.request.getQueueInfo();
show(data.groupQueueNum); //> 1
