const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const phone = sdk.getSoftPhoneInstance();
await sdk.request.idle();
const invited = happens(phone, 'Invite');
await sandbox.call({ from: '13800138000', agent: '1001' });
await invited;
try {
  phone.hold();
} catch (error) {
  show(error.code); //> CALL_NOT_READY
}
