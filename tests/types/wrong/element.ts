import { AgentToolbarElement } from 'agent-toolbar/element';

const element = document.createElement('agent-toolbar');

// @ts-expect-error TS2739: half of the options
element.options = { url: 'wss://example.org/ws', host: '/' };

// @ts-expect-error TS2339: the first of what listeners get is in `detail`
element.addEventListener('agent-Conversation', (event) => console.log(event.data));

// @ts-expect-error TS2339: and it is what that event tells
element.addEventListener('agent-StateChange', ({ detail }) => console.log(detail.caller));

// @ts-expect-error TS2740: a session is an SDK, not its options
element.sdk = new AgentToolbarElement();
