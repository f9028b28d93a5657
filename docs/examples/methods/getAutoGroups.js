const sdk = await signedIn();
const { data } = await sdk.request.getAutoGroups();
show(data.groupList.length); //> 2
