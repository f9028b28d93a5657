const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn({ agentNumber: '1000', el: toolbar, lang: 'en', wallLimits: { ready: 1 } });
sdk.openPanel('wall');
show(await seen('Overdue')); //> Overdue
