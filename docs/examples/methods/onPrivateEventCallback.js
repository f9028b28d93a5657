const sdk = await signedIn();
const answered = new Promise((resolve) => {
  sdk.onPrivateEventCallback(sdk.getGroups(), resolve);
});
show((await answered).event); //> GroupInfo
