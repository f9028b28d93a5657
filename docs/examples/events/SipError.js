const sdk = await signedIn();
const lost = happens(sdk, 'SipError');
await sandbox.fault({ kind: 'phone-lost', agent: '1001' });
const [{ event }] = await lost;
show(event); //> SipError
