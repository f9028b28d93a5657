const sdk = await signedIn();
const { data } = await sdk.request.call('138 0013 8000');
show(data.callDirection, data.called); //> 2 13800138000
