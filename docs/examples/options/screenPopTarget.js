const frame = document.createElement('iframe');
frame.name = 'customer';
toolbar.after(frame);
const screenPop = `${location.origin}/site/frame.svg?number={caller}`;
const sdk = await signedIn({ el: toolbar, screenPop, screenPopTarget: 'customer' });
await sdk.request.idle();
await sandbox.call({ from: '13800138000', agent: '1001' });
await new Promise((resolve) => { frame.onload = resolve; });
show(frame.contentWindow.location.search); //> ?number=13800138000
