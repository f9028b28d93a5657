const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
show(sdk.getSoftPhoneInstance().isRegistered); //> true
