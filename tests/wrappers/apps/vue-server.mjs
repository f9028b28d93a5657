// What a server makes of the component.
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { AgentToolbar, useAgentSnapshot } from 'agent-toolbar/vue';

const options = { url: 'wss://cc.example.com/ws', host: '/', connectAccount: 'a', subscribePath: '/topic', agentPassword: 'hunter2' };

const App = {
  setup() {
    const snapshot = useAgentSnapshot(undefined);
    return () => h('main', [
      h(AgentToolbar, { options, theme: 'dark', lang: 'en', class: 'top', id: 'bar', onAgentRinging: () => {} },
        () => h('p', { slot: 'customer-card', id: 'card' }, 'Gold customer')),
      h('output', snapshot.value ? 'some' : 'none'),
    ]);
  },
};

export const html = () => renderToString(createSSRApp(App));
