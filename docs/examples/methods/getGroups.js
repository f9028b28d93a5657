const sdk = await signedIn();
const { data } = await sdk.request.getGroups();
show(data.groupList.map(({ id }) => id)); //> ["g-sales","g-support"]
