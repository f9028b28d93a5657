const onBeforeDial = (number) => `0${number}`;
const sdk = await signedIn({ el: toolbar, onBeforeDial });
sdk.dial('13800138000');
const talking = happens(sdk, 'Conversation');
await press('dial');
const [{ data }] = await talking;
show(data.called); //> 013800138000
