const sdk = await signedIn();
const heard = happens(sdk, 'Message');
sdk.idle();
const [message] = await heard;
show(message.type); //> response
