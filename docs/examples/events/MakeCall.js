const sdk = await signedIn();
sdk.call('13800138000');
const [{ event }] = await happens(sdk, 'MakeCall');
show(event); //> MakeCall
