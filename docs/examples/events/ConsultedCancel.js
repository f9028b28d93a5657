const colleague = await signedIn({ agentNumber: '1002' });
await colleague.request.idle();
const sdk = await signedIn();
await sdk.request.call('13800138000');
await sdk.request.consult('1002');
const over = happens(colleague, 'ConsultedCancel');
await sdk.request.consultCancel();
const [{ event }] = await over;
show(event); //> ConsultedCancel
