import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const CALL = {
  callDirection: 1, caller: '13800138000', called: '4001', occCallId: 'call-7', inQueueTime: 0, callType: 'normal',
  userData: 'a&b=ü/?',
};

/** An agent who is ready at a fake broker, on a page that keeps what it is asked to open in `opened`. */
async function ready(t, more, { blocked = false } = {}) {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript((refuses) => {
    window.opened = [];
    window.open = (...values) => {
      opened.push(values);
      return refuses ? null : window;
    };
  }, blocked);
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.start(optionsFor(broker, more));
  await agent.event('Login');
  await agent.page.evaluate(() => {
    window.pops = [];
    sdk.on('ScreenPop', ({ url, call }) => pops.push({ url, id: call.id }));
  });
  await agent.idle();
  return { agent, broker };
}

const opened = (agent) => agent.page.evaluate(() => window.opened);

/** It rings, and whatever follows from that has happened. */
async function rings({ agent, broker }, call = {}) {
  const nth = (await agent.values('AgentRinging')).length + 1;
  broker.tell('AgentRinging', { ...CALL, ...call });
  await agent.event('AgentRinging', { nth });
}

const ends = async ({ agent, broker }, nth = 1) => {
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await agent.event('After', { nth });
};

test('a call that comes in opens the page\'s address with what is known of it, encoded', async (t) => {
  const pair = await ready(t, { screenPop: 'https://crm.example/c?n={caller}&to={called}&id={id}&a={agent}&d={userData}&x={other}' });
  await rings(pair);
  const url = 'https://crm.example/c?n=13800138000&to=4001&id=call-7&a=1001&d=a%26b%3D%C3%BC%2F%3F&x={other}';
  assert.deepEqual(await opened(pair.agent), [[url, 'agent-toolbar-customer']]);
  assert.deepEqual(await pair.agent.page.evaluate(() => pops), [{ url, id: 'call-7' }]);
});

test('an address of the page\'s own site and a frame of the page\'s do as well', async (t) => {
  const pair = await ready(t, { screenPop: 'customers/{caller}', screenPopTarget: 'crm' });
  await rings(pair);
  assert.deepEqual(await opened(pair.agent), [[`${pair.broker.origin}/customers/13800138000`, 'crm']]);
});

test('a listener may take another address, or none', async (t) => {
  const pair = await ready(t, { screenPop: 'https://crm.example/{id}' });
  await pair.agent.page.evaluate(() => {
    window.listening = sdk.on('ScreenPop', (pop) => { pop.url = 'https://other.example/'; });
  });
  await rings(pair);
  assert.deepEqual((await opened(pair.agent)).map(([url]) => url), ['https://other.example/']);
  await ends(pair);
  await pair.agent.idle();
  await pair.agent.page.evaluate(() => {
    sdk.off('ScreenPop', listening);
    sdk.on('ScreenPop', (pop) => { pop.url = null; });
  });
  await rings(pair, { occCallId: 'call-8' });
  assert.equal((await opened(pair.agent)).length, 1);
});

for (const [what, screenPop] of Object.entries({
  'runs a script': 'javascript:alert({caller})',
  'is a file': 'file:///{caller}',
  'lets a caller say whose site it is': 'https://{userData}.example/',
  'lets a caller write the user of it': 'https://{userData}@crm.example/',
})) {
  test(`an address that ${what} is not opened, and the console says so once`, async (t) => {
    const pair = await ready(t, { screenPop });
    await rings(pair, { userData: 'evil' });
    await ends(pair);
    await pair.agent.idle();
    await rings(pair, { userData: 'evil', occCallId: 'call-8' });
    assert.deepEqual(await opened(pair.agent), []);
    assert.equal((await pair.agent.page.said()).match(/screenPop is no address/g)?.length, 2, 'its text, and the same as a value');
  });
}

test('a browser that keeps it from opening is said once on the console', async (t) => {
  const pair = await ready(t, { screenPop: 'https://crm.example/{id}' }, { blocked: true });
  await rings(pair);
  assert.equal((await opened(pair.agent)).length, 1);
  assert.match(await pair.agent.page.said(), /allow pop-ups for this page/);
});

test('a call that goes out opens nothing, and one that still rings after a reload has been shown', async (t) => {
  const pair = await ready(t, { screenPop: 'https://crm.example/{id}' });
  await rings(pair, { callDirection: 2, caller: '1001', called: '13800138000' });
  assert.deepEqual(await opened(pair.agent), []);
  await ends(pair);
  await pair.agent.idle();
  await rings(pair);
  assert.equal((await opened(pair.agent)).length, 1);
  // A fresh start in the same tab: the platform tells of the call that rings.
  await pair.agent.page.evaluate(() => sdk.init());
  await pair.agent.event('Reconnect');
  await rings(pair);
  await until(() => pair.agent.page.evaluate(() => sdk.snapshot().call?.id === 'call-7'), { what: 'it rings' });
  assert.equal((await opened(pair.agent)).length, 1);
});
