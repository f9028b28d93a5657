/// <reference types="agent-toolbar/script" />
// A page that has the script by a tag: nothing is imported, so this is no module.

var desk: AgentSdk = new AgentSdk({ url: 'wss://example.org/ws', host: '/', connectAccount: 'page', subscribePath: '/topic', el: '#toolbar' });
desk.on('AgentRinging', (event) => console.log(event.data.caller));
window.AgentSdk.replay('');

var telephone: SoftPhoneSdk | undefined = window.SoftPhoneSdk ? new SoftPhoneSdk() : undefined;
window.SOFTPHONE_WSS_PROT = 8443;
