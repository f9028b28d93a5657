const sdk = await signedIn();
show(sdk.sws.ws.ws.readyState === WebSocket.OPEN); //> true
