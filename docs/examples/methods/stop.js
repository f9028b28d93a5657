const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const phone = sdk.getSoftPhoneInstance();
sdk.stop();
while (phone.isRegistered) await happens(phone, 'Disconnected');
show(phone.isRegistered); //> false
