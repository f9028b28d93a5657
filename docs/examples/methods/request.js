const sdk = await signedIn();
sdk.request.hold().catch(({ code }) => show(code)); //> NOT_ALLOWED
await sdk.request.idle();
