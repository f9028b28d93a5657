const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.hangup();
while (!sdk.snapshot().wrapUp) await happens(sdk, 'snapshot');
const { until } = sdk.snapshot().wrapUp;
sdk.extendWrapUp(60);
show(sdk.snapshot().wrapUp.until - until, 'ms'); //> 60000 ms
