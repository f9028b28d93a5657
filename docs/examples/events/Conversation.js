const sdk = await signedIn();
const { data } = await sdk.request.call('13800138000');
show(data.callType, data.occCallId === sdk.snapshot().call.id); //> normal true
