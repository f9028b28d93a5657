const sdk = await signedIn();
const { event } = await sdk.request.send({ request: 'busy', busyType: '培训' });
show(event); //> Busy
