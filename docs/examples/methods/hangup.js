const sdk = await signedIn();
await sdk.request.call('13800138000');
const after = happens(sdk, 'After');
sdk.hangup();
const [{ data }] = await after;
show(data.hangupDirection); //> 0
