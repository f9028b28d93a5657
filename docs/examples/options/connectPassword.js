const sdk = await signedIn({ connectPassword: 'a-secret' });
show(sdk.record().includes('a-secret')); //> false
