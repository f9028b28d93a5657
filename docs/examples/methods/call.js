const sdk = await signedIn();
const { data } = await sdk.request.call('13800138000');
show(data.callDirection, data.called); //> 2 13800138000
