const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
sdk.setAutoAnswer(true);
const talking = happens(sdk, 'Conversation');
await sandbox.call({ from: '13800138000', agent: '1001' });
const [{ nowState }] = await talking;
show(nowState); //> Conversation
