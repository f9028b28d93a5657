// An app of React: the toolbar with what `app.set` gives it, and what its hooks say beside it.
import { StrictMode, createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { AgentToolbar, useCommand, useSnapshot } from 'agent-toolbar/react';

function App({ given }) {
  const [sdk, setSdk] = useState();
  window.sdk = sdk;
  const agent = useSnapshot(sdk, 'agent');
  window.agent = agent;
  window.queue = useSnapshot(sdk, 'queue');
  const ready = useCommand(sdk, 'idle');
  const tell = (event) => (...values) => told.push({ event, count: values.length, first: plain(values[0]) });
  const { listens = ['Login', 'Idle', 'AgentRinging', 'StateChange', 'Exception'], ...props } = given;
  const handlers = Object.fromEntries(listens.map((event) => [`on${event[0].toUpperCase()}${event.slice(1)}`, tell(event)]));
  return createElement('main', null,
    given.gone ? null : createElement(AgentToolbar, { ref: (element) => { window.bar = element; }, onSdk: setSdk, ...handlers, ...props },
      createElement('p', { slot: 'customer-card', id: 'card' }, 'Gold customer')),
    createElement('output', null, agent?.situation ?? 'none'),
    createElement('button', { id: 'ready', disabled: !ready.allowed || ready.pending, onClick: () => ready.run() }, 'Ready'),
    createElement('b', null, ready.error?.code ?? ''));
}

const plain = (value) => (value instanceof Error ? { code: value.code, message: value.message } : JSON.parse(JSON.stringify(value ?? null)));

let given = {};
const tree = () => {
  const one = createElement(App, { given });
  return app.strict ? createElement(StrictMode, null, one) : one;
};
let root;
window.app = {
  strict: false,
  /** Gives the toolbar these props too; the first time the app is drawn. */
  set(more) {
    given = { ...given, ...more };
    root ??= createRoot(document.getElementById('root'));
    // With its effects: what comes next may be told to whoever listens from now on.
    flushSync(() => root.render(tree()));
  },
  /** Takes over what a server has drawn. */
  hydrate(props) {
    given = props;
    root = hydrateRoot(document.getElementById('root'), tree());
  },
  unmount: () => root.unmount(),
};
