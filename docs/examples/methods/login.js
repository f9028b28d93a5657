const sdk = await signedIn();
await sdk.request.logout();
const { event, data } = await sdk.request.login();
show(event, data.busyType); //> Login 小休,会议,培训
