const sdk = await signedIn({ el: toolbar, queueLimits: { 'g-sales': 3 } });
const queued = happens(sdk, 'QueueInfo');
await sandbox.call({ from: '13800138000', group: 'g-sales' });
await queued;
show(sdk.snapshot().queue.groups[0].limit); //> 3
