import { AgentToolbarElement, type AgentSdk } from 'agent-toolbar/element';

const element = document.createElement('agent-toolbar');
element.options = { url: 'wss://example.org/ws', host: '/', connectAccount: 'page', subscribePath: '/topic' };
element.addEventListener('agent-Conversation', ({ detail, target }) => console.log(detail.data.occCallId, target));
element.addEventListener('agent-StateChange', (event) => { const state: string = event.detail; console.log(state); });
element.addEventListener('agent-snapshot', function ({ detail }) { console.log(detail.agent.number, this.sdk); }, { once: true });
element.addEventListener('agent-SomethingNew', (event) => console.log(event instanceof CustomEvent));
element.addEventListener('click', ({ clientX }) => console.log(clientX));

export const shown = document.querySelector('agent-toolbar')?.sdk;
export const second = new AgentToolbarElement();
export const sdkOf = (of: HTMLElement): AgentSdk | undefined => (of instanceof AgentToolbarElement ? of.sdk : undefined);
