const sdk = await signedIn();
const { agent, link, allowed } = sdk.snapshot();
show(agent.situation, link.state, allowed.includes('idle')); //> resting up true
