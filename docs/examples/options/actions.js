const actions = { hangUp: ({ name, snapshot }) => show(name, snapshot.call.party) }; //> hangUp 13800138000
const sdk = await signedIn({ el: toolbar, actions });
await sdk.request.call('13800138000');
await press('hangUp');
await happens(sdk, 'After');
