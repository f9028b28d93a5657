const sdk = await signedIn();
const after = happens(sdk, 'After');
sdk.call('00010000');
const [{ data }] = await after;
show(data.hangupDirection, data.answerTime > 0); //> 1 true
