const sdk = await signedIn();
sdk.setUserdata('order 4711');
const { userdata } = await sdk.request.idle();
show(userdata); //> order 4711
