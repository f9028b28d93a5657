const sdk = await signedIn();
await sdk.request.call('13800138000');
const { data } = await sdk.request.sendDTMF('5');
show(data.dtmf); //> 5
