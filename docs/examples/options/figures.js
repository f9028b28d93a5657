const figures = () => ({ answeredInTime: '86 %', goal: '80 %', answered: '412', abandoned: '19' });
const sdk = await signedIn({ agentNumber: '1000', el: toolbar, figures });
sdk.openPanel('wall');
show(await seen('86 %')); //> 86 %
