// The page of memory.mjs: one side, signed in, with a listener that looks at what it is told and keeps nothing of it.
const OPTIONS = {
  url: 'ws://localhost/ws', host: '/', connectAccount: 'guest', connectPassword: 'guest', subscribePath: '/topic',
  companyShortName: 'demo', agentNumber: '1001', agentPassword: '123456', loginType: 1,
};
let heard = 0;
let events = [];

const listener = ({ data: [call] }) => {
  if (call.caller) heard += 1;
};

function load(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src, charset: 'utf-8', onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

async function agent(src) {
  await load(src);
  const sdk = new AgentSdk(OPTIONS);
  const socket = FakeWebSocket.last;
  sdk.on('QueueInfo', listener);
  await new Promise((resolve) => { sdk.on('Login', resolve); });
  return socket;
}

const SIDES = {
  ours: () => agent('/pkg/agent-toolbar.js'),
  original: () => agent('/original.js'),
  stompjs: async () => {
    await load('/stompjs/stomp.umd.min.js');
    const client = new StompJs.Client({ brokerURL: OPTIONS.url, heartbeatIncoming: 0, heartbeatOutgoing: 0 });
    await new Promise((resolve) => {
      client.onConnect = resolve;
      client.activate();
    });
    client.subscribe('/topic/agent', (message) => {
      const event = JSON.parse(message.body);
      if (event.event === 'QueueInfo') listener(event);
    }, { id: 'sub-0' });
    return client.webSocket;
  },
};
const started = SIDES[location.search.slice(1)]();

async function prepare(texts) {
  events = texts.map((data) => new MessageEvent('message', { data }));
  await started;
}

/** Delivers all of them and has turns taken until the listener was told. */
async function deliver() {
  const goal = heard + events.length;
  (await started).deliver(events);
  while (heard < goal) await new Promise((resolve) => { setTimeout(resolve); });
}
