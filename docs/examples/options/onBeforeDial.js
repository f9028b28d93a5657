const onBeforeDial = (number) => `0${number}`;
const sdk = await signedIn({ el: toolbar, onBeforeDial });
await sdk.request.idle();
sdk.dial('13800138000');
const talking = happens(sdk, 'Conversation');
const field = sdk.element.shadowRoot.querySelector('[part~=dial-field] input');
field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
const [{ data }] = await talking;
show(data.called); //> 013800138000
