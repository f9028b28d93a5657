import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const NUMBER = '13800138000';
const CALL = { callDirection: 1, caller: NUMBER, called: '1001', occCallId: 'call-1', inQueueTime: 0, callType: 'normal' };

/** Runs in a page before its scripts: `see` shows and hides it; `notifications` and `badges` are what it was asked to show. */
function watched(permission) {
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  window.see = (seen) => {
    hidden = !seen;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  window.notifications = [];
  window.asked = 0;
  window.Notification = class {
    static permission = permission;

    static async requestPermission() {
      window.asked += 1;
      return permission;
    }

    constructor(title, options) {
      this.title = title;
      Object.assign(this, options, { open: true });
      notifications.push(this);
    }

    close() { this.open = false; }
  };
  window.badges = [];
  navigator.setAppBadge = async (count) => { badges.push(count); };
  navigator.clearAppBadge = async () => { badges.push(0); };
}

/** An agent who is ready at a fake broker. */
async function ready(t, { more, permission = 'granted' } = {}) {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(watched, permission);
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.start(optionsFor(broker, more));
  await agent.event('Login');
  await agent.idle();
  return { agent, broker };
}

const shown = (agent) => agent.page.evaluate(() => ({
  title: document.title, badge: badges.at(-1) ?? 0, open: notifications.filter(({ open }) => open).map(({ title, body }) => ({ title, body })), ever: notifications.length,
}));

const see = (agent, seen) => agent.page.evaluate((is) => window.see(is), seen);

async function rings({ agent, broker }, call = {}) {
  const nth = (await agent.values('AgentRinging')).length + 1;
  broker.tell('AgentRinging', { ...CALL, ...call });
  await agent.event('AgentRinging', { nth });
}

test('a call that rings while nobody sees the page is told in title, badge and notification, until it is answered', async (t) => {
  const pair = await ready(t);
  await see(pair.agent, false);
  await rings(pair);
  const ringing = await shown(pair.agent);
  assert.match(ringing.title, /138\*+8000/);
  assert.match(ringing.title, /Agent page$/);
  assert.equal(ringing.badge, 1);
  assert.equal(ringing.open.length, 1);
  assert.match(ringing.open[0].title, /138\*+8000/);
  assert.doesNotMatch(JSON.stringify(ringing), new RegExp(NUMBER), 'the number is hidden everywhere');

  pair.broker.tell('AgentAnswer', CALL);
  await pair.agent.event('AgentAnswer');
  assert.deepEqual(await shown(pair.agent), { title: 'Agent page', badge: 0, open: [], ever: 1 });
});

test('who sees the page is told nothing more, and looking at it ends what was told', async (t) => {
  const pair = await ready(t);
  await rings(pair);
  assert.deepEqual(await shown(pair.agent), { title: 'Agent page', badge: 0, open: [], ever: 0 });
  await see(pair.agent, false);
  assert.equal((await shown(pair.agent)).open.length, 1, 'it still rings');
  await see(pair.agent, true);
  assert.deepEqual(await shown(pair.agent), { title: 'Agent page', badge: 0, open: [], ever: 1 });
});

test('a call that nobody answered is no longer told', async (t) => {
  const pair = await ready(t);
  await see(pair.agent, false);
  await rings(pair);
  pair.broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await pair.agent.event('After');
  assert.deepEqual((await shown(pair.agent)).open, []);
});

test('a title that the page gives itself meanwhile stays', async (t) => {
  const pair = await ready(t);
  await see(pair.agent, false);
  await rings(pair);
  await pair.agent.page.evaluate(() => { document.title = 'Another customer'; });
  await see(pair.agent, true);
  assert.equal((await shown(pair.agent)).title, 'Another customer');
});

test('a call that goes out is not told', async (t) => {
  const pair = await ready(t);
  await see(pair.agent, false);
  await rings(pair, { callDirection: 2, caller: '1001', called: NUMBER });
  assert.deepEqual(await shown(pair.agent), { title: 'Agent page', badge: 0, open: [], ever: 0 });
});

for (const more of [{ notifications: false }, { features: { notifications: false } }]) {
  test(`nothing is told with ${JSON.stringify(more)}`, async (t) => {
    const pair = await ready(t, { more });
    await see(pair.agent, false);
    await rings(pair);
    assert.deepEqual(await shown(pair.agent), { title: 'Agent page', badge: 0, open: [], ever: 0 });
  });
}

test('the browser is asked for notifications when the agent presses something, and only where they are wanted', async (t) => {
  const pair = await ready(t, { more: { notifications: true }, permission: 'default' });
  assert.equal(await pair.agent.page.evaluate(() => asked), 0, 'not by itself');
  await pair.agent.chip.click();
  await until(() => pair.agent.page.evaluate(() => asked === 1), { what: 'it is asked' });

  const other = await ready(t, { permission: 'default' });
  await other.agent.chip.click();
  assert.equal(await other.agent.page.evaluate(() => asked), 0, 'the page has said nothing');
  await see(other.agent, false);
  await rings(other);
  const { ever, badge } = await shown(other.agent);
  assert.deepEqual([ever, badge], [0, 1], 'title and badge need no leave');
});

test('a notification that is pressed shows the page and closes', async (t) => {
  const pair = await ready(t);
  await see(pair.agent, false);
  await rings(pair);
  await pair.agent.page.evaluate(() => {
    window.focus = () => { window.focused = true; };
    notifications[0].onclick();
  });
  assert.deepEqual(await pair.agent.page.evaluate(() => [window.focused, notifications[0].open]), [true, false]);
});

test('a browser that refuses to make one is lived with', async (t) => {
  const pair = await ready(t);
  await pair.agent.page.evaluate(() => {
    window.Notification = class {
      static permission = 'granted';

      constructor() { throw new TypeError('Illegal constructor'); }
    };
  });
  await see(pair.agent, false);
  await rings(pair);
  assert.match((await shown(pair.agent)).title, /138\*+8000/);
});
