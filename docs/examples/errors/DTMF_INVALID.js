const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const phone = sdk.getSoftPhoneInstance();
await sdk.request.call('13800138000');
try {
  phone.dtmf('X');
} catch (error) {
  show(error.code); //> DTMF_INVALID
}
