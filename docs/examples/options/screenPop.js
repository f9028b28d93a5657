const sdk = await signedIn({ el: toolbar, screenPop: 'https://crm.example/customers?number={caller}' });
const popping = new Promise((resolve) => {
  sdk.on('ScreenPop', (pop) => {
    resolve(pop.url);
    pop.url = null;
  });
});
await sdk.request.idle();
await sandbox.call({ from: '13800138000', agent: '1001' });
show(await popping); //> https://crm.example/customers?number=13800138000
