const sdk = await signedIn({ loginType: 3, autoAnswer: true });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
const talking = happens(sdk, 'Conversation');
await sandbox.call({ from: '13800138000', agent: '1001' });
const [{ data }] = await talking;
show(data.caller); //> 13800138000
