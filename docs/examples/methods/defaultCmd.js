const sdk = await signedIn();
const { event } = await sdk.request.defaultCmd('groupInfo');
show(event); //> GroupInfo
