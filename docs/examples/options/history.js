const history = { save: ({ calls }) => calls.length && show(calls[0].number) }; //> 13800138000
const sdk = await signedIn({ el: toolbar, history });
await sdk.request.call('13800138000');
await sdk.request.hangup();
