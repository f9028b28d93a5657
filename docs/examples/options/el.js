const sdk = new AgentSdk({ ...options, el: toolbar });
await happens(sdk, 'Login');
show(sdk.element.localName); //> agent-toolbar
