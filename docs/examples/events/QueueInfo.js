const sdk = await signedIn();
const queued = happens(sdk, 'QueueInfo');
await sandbox.call({ from: '13800138000', group: 'g-sales' });
const [{ groupID, groupWaitNumber }] = await queued;
show(groupID, groupWaitNumber); //> g-sales 1
