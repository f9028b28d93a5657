const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
const gone = happens(sdk.getSoftPhoneInstance(), 'UnRegistered');
sdk.unregister();
await gone;
show(sdk.isRegistered()); //> false
