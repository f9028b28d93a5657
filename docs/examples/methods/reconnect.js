const sdk = await signedIn();
const { event } = await sdk.request.reconnect();
show(event); //> Reconnect
