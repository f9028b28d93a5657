const sdk = await signedIn();
await sdk.request.call('13800138000');
const sent = happens(sdk, 'SendDTMF');
sdk.dial('#');
const [{ data }] = await sent;
show(data.dtmf); //> #
