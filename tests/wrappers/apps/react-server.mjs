// What a server makes of the component.
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { AgentToolbar, useSnapshot } from 'agent-toolbar/react';

const options = { url: 'wss://cc.example.com/ws', host: '/', connectAccount: 'a', subscribePath: '/topic', agentPassword: 'hunter2' };

function App() {
  const snapshot = useSnapshot(undefined);
  return createElement('main', null,
    createElement(AgentToolbar, { options, theme: 'dark', lang: 'en', className: 'top', id: 'bar', onAgentRinging: () => {} },
      createElement('p', { slot: 'customer-card', id: 'card' }, 'Gold customer')),
    createElement('output', null, snapshot ? 'some' : 'none'));
}

export const html = () => renderToString(createElement(App));
