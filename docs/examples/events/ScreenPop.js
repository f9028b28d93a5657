const sdk = await signedIn({ el: toolbar, screenPop: 'https://crm.example/?caller={caller}' });
const popping = new Promise((resolve) => {
  sdk.on('ScreenPop', (pop) => {
    pop.url = null;
    resolve(pop.call.party);
  });
});
await sdk.request.idle();
await sandbox.call({ from: '13800138000', agent: '1001' });
show(await popping); //> 13800138000
