const sdk = await signedIn({ el: toolbar, callerIds: ['02161001234', { number: '01061005678', name: 'Service' }] });
await sdk.request.idle();
await press('dial');
show(await seen('Service')); //> Service
