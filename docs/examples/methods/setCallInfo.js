const sdk = await signedIn({ el: toolbar, lang: 'en' });
await sdk.request.call('13800138000');
sdk.setCallInfo({ title: 'Order 4711', recording: 'on' });
show(await seen('Order 4711')); //> Order 4711
