const sdk = await signedIn({ el: toolbar, noteTags: ['Solved', 'Call back'] });
await sdk.request.call('13800138000');
await sdk.request.hangup();
await press('note');
show(await seen('Call back')); //> Call back
