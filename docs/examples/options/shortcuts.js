const sdk = await signedIn({ el: toolbar, shortcuts: { scope: 'page', keys: { hold: 'Ctrl+Alt+J' } } });
await sdk.request.call('13800138000');
await seen('138****8000');
const held = happens(sdk, 'Hold');
document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true, altKey: true, bubbles: true }));
const [{ nowState }] = await held;
show(nowState); //> Hold
