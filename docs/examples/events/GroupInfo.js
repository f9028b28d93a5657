const sdk = await signedIn();
const { data } = await sdk.request.getGroups();
show(data.groupList[0].name); //> 销售组
