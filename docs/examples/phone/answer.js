const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
await sdk.request.idle();
const phone = sdk.getSoftPhoneInstance();
const invited = happens(phone, 'Invite');
await sandbox.call({ from: '13800138000', agent: '1001' });
const [call] = await invited;
phone.answer();
await happens(phone, 'Accepted');
show(call.number, call.state); //> 13800138000 talking
