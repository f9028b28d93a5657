const sdk = await signedIn();
const shown = new Promise((resolve) => { console.log = console.debug = (...values) => resolve(values.length); });
sdk.setDebug(true);
sdk.idle();
await shown;
show('it is on the console'); //> it is on the console
