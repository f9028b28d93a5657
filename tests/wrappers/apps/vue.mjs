// An app of Vue: the toolbar with what `app.set` gives it, and what its composables say beside it.
import { createApp, createSSRApp, h, reactive, shallowRef } from 'vue';
import { AgentToolbar, useAgentCommand, useAgentSnapshot } from 'agent-toolbar/vue';

const plain = (value) => (value instanceof Error ? { code: value.code, message: value.message } : JSON.parse(JSON.stringify(value ?? null)));
const tell = (event) => (...values) => told.push({ event, count: values.length, first: plain(values[0]) });
const given = shallowRef({});

const App = {
  setup() {
    const sdk = shallowRef();
    const agent = useAgentSnapshot(sdk, 'agent');
    const queue = useAgentSnapshot(sdk, 'queue');
    const ready = useAgentCommand(sdk, 'idle');
    const take = (one) => { sdk.value = window.sdk = one; };
    return () => {
      window.agent = agent.value;
      window.queue = queue.value;
      const { listens = ['Login', 'Idle', 'AgentRinging', 'StateChange', 'Exception'], gone, className, ...props } = given.value;
      const handlers = Object.fromEntries(listens.map((event) => [`on${event[0].toUpperCase()}${event.slice(1)}`, tell(event)]));
      return h('main', [
        gone ? undefined : h(AgentToolbar, {
          ref: (one) => { window.bar = one?.element; }, onSdk: take, class: className, ...handlers, ...props,
        }, () => h('p', { slot: 'customer-card', id: 'card' }, 'Gold customer')),
        h('output', agent.value?.situation ?? 'none'),
        h('button', { id: 'ready', disabled: !ready.allowed.value || ready.pending.value, onClick: () => ready.run() }, 'Ready'),
        h('b', ready.error.value?.code ?? ''),
      ]);
    };
  },
};

let root;
window.app = {
  /** Gives the toolbar these props too; the first time the app is drawn. */
  set(more) {
    given.value = { ...given.value, ...more };
    if (root) return;
    root = createApp(App);
    root.mount('#root');
  },
  /** Takes over what a server has drawn. */
  hydrate(props) {
    given.value = props;
    root = createSSRApp(App);
    root.mount('#root');
  },
  unmount: () => root.unmount(),
  reactive,
};
