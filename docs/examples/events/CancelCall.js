const sdk = await signedIn();
await sdk.request.call('13800138000');
const cancelled = happens(sdk, 'CancelCall');
sdk.hangup();
const [{ event }] = await cancelled;
show(event); //> CancelCall
