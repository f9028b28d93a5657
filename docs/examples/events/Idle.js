const sdk = await signedIn();
const { nowState } = await sdk.request.idle();
show(nowState); //> Idle
