const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const phone = sdk.getSoftPhoneInstance();
const back = happens(phone, 'Registered');
sdk.register();
await back;
show(sdk.isRegistered()); //> true
