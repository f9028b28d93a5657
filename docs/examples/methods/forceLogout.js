const colleague = await signedIn({ agentNumber: '1002' });
const sdk = await signedIn({ agentNumber: '1000' });
await sdk.request.busy();
const out = happens(colleague, 'Logout');
await sdk.request.forceLogout('1002');
await out;
show(colleague.isLogin()); //> false
