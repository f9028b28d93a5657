const sdk = await signedIn();
await sdk.request.call('13800138000');
sdk.setNextState('busy', '会议');
const busy = happens(sdk, 'Busy');
sdk.hangup();
const [{ data }] = await busy;
show(data.currentBusyType); //> 会议
