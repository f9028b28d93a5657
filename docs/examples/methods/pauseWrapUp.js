const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.hangup();
while (!sdk.snapshot().wrapUp) await happens(sdk, 'snapshot');
sdk.pauseWrapUp();
show(sdk.snapshot().wrapUp.until); //> null
