const sdk = await signedIn();
sdk.call('13800138000');
const [{ data }] = await happens(sdk, 'CalledRinging');
show(data.called); //> 13800138000
