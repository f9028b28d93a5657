import { AgentSdk } from 'agent-toolbar';

window.sdk = new AgentSdk({ ...window.options, el: '#toolbar' });
