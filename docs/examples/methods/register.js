const sdk = await signedIn({ loginType: 3 });
while (!sdk.isRegistered()) await happens(sdk, 'snapshot');
sdk.register();
show(sdk.isRegistered()); //> true
