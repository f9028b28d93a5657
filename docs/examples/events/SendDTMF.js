const sdk = await signedIn();
await sdk.request.call('13800138000');
const { data } = await sdk.request.sendDTMF('*');
show(data.dtmf); //> *
