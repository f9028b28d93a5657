const describeNumber = async (number) => ({ name: 'Li Min', place: 'Beijing', tags: ['VIP'] });
const sdk = await signedIn({ el: toolbar, loginType: 3, describeNumber });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
await sandbox.call({ from: '13800138000', agent: '1001' });
show(await seen('Beijing')); //> Beijing
