const sdk = await signedIn();
const { nowState } = await sdk.request.logout();
show(nowState); //> Logout
