// What agent-sdk does to its users, by the numbers of docs/weaknesses.md: those that cost calls, events or patience.
// The session's own are in crates/agent/tests/weaknesses.rs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { bringPhone } from '../lib/fake-phone.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'c-1', callType: 'normal' };

const named = (broker, name) => requests(broker).filter(({ request }) => request === name);

// ── 13 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a listener that throws costs no other listener and no later message anything', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { allow: /thrown by a listener/ });
  await agent.page.evaluate(() => {
    window.called = [];
    sdk.on('Lock', () => { throw new Error('thrown by a listener'); });
    sdk.on('Lock', () => called.push('Lock'));
    sdk.on('Idle', () => called.push('Idle'));
  });
  const event = (name) => ({ type: 'event', event: name, nowState: name, sequence: 0, data: null });
  const refusal = { type: 'response', response: 'idle', sequence: 1, status: 1101, msg: 'refused' };
  broker.push(event('Lock'), refusal, event('Idle'));
  await agent.event('Idle');
  await agent.exception(/^refused$/);
  assert.deepEqual(await agent.page.evaluate(() => called), ['Lock', 'Idle']);
  await agent.chipShows('就绪');
});

// ── 15 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a binary message keeps its Chinese text', async (t) => {
  const { agent } = await logInAtFake(t, shared, { says: { binary: true } });
  await agent.call('busy', '小休');
  const { data } = await agent.event('Busy');
  assert.equal(data.currentBusyType, '小休');
  await agent.chipShows('小休');
});

// ── 17 to 20 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** An agent whose page brought a phone. */
async function withPhone(t, more = {}) {
  const login = { loginType: 3, webrtcSipId: 'w21001', webrtcSipPassword: 'sip-1001', webrtcDomain: 'sandbox.invalid' };
  const broker = await startFakeBroker({ login });
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(bringPhone);
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.page.evaluate((given) => startSdk({ ...given, softPhoneFactory: FakePhone }), optionsFor(broker, { loginType: 3, ...more }));
  await agent.event('Login');
  return { agent, broker, told: () => agent.page.evaluate(() => told) };
}

test('a second call leaves the phone of the first alone', async (t) => {
  const { agent, broker, told } = await withPhone(t);
  await agent.call('call', '13800138000');
  await agent.event('Conversation');
  const phone = await agent.page.evaluateHandle(() => sdk.getSoftPhoneInstance());
  broker.tell('AgentRinging', { ...CALL, occCallId: 'c-2' });
  await agent.event('AgentRinging', { nth: 2 });
  assert.deepEqual(await told(), ['made 0', 'answer 0'], 'the first call was answered, the second is the agent\'s to answer');
  assert.ok(await phone.evaluate((one) => one === sdk.getSoftPhoneInstance()));
  await agent.call('answer');
  assert.deepEqual(await told(), ['made 0', 'answer 0', 'answer 0']);
});

test('a phone is kept while it is registered, and ended before another is made', async (t) => {
  const { agent, broker, told } = await withPhone(t);
  broker.drop();
  await agent.event('Reconnect');
  assert.deepEqual(await told(), ['made 0'], 'it has a link of its own');
  await agent.page.evaluate(() => { phones[0].isRegistered = false; });
  broker.drop();
  await agent.event('Reconnect', { nth: 2 });
  assert.deepEqual(await told(), ['made 0', 'stop 0', 'disconnect 0', 'made 1']);
});

test('an agent whose phone is gone is no longer ready', async (t) => {
  for (const event of ['UnRegistered', 'RegistrationFailed', 'Disconnected']) {
    const { agent, broker } = await withPhone(t);
    await agent.idle();
    await agent.page.evaluate((name) => {
      phones[0].isRegistered = false;
      phones[0].happens(name);
    }, event);
    await agent.event('Busy');
    assert.equal(named(broker, 'busy').length, 1, event);
    assert.equal(await agent.page.evaluate(() => thrown(() => sdk.idle()).message), '当前话机未注册');
    await agent.exception(/^(当前话机未注册|话机注册失败|话机断开链接)$/);
  }
});

test('an agent who was ready before the phone was gone is ready again when it is back, unless somebody said otherwise', async (t) => {
  const registered = (agent, is) => agent.page.evaluate((now) => {
    phones[0].isRegistered = now;
    phones[0].happens(now ? 'Registered' : 'UnRegistered');
  }, is);
  const { agent, broker } = await withPhone(t);
  await agent.idle();
  await registered(agent, false);
  await agent.event('Busy');
  await registered(agent, true);
  await agent.event('Idle', { nth: 2 });

  await registered(agent, false);
  await agent.event('Busy', { nth: 2 });
  await agent.call('busy', '小休');
  await agent.event('Busy', { nth: 3 });
  await registered(agent, true);
  // Whatever the phone asked for went out before this.
  await agent.call('getGroups');
  await until(() => named(broker, 'groupInfo').length > 0, { what: 'the last command' });
  assert.equal(named(broker, 'idle').length, 2, 'the agent chose to rest');
});

test('only the call that the agent made is answered without asking, and once', async (t) => {
  const { agent, broker, told } = await withPhone(t);
  broker.tell('AgentRinging', CALL);
  await agent.event('AgentRinging');
  assert.deepEqual(await told(), ['made 0'], 'somebody else calls');
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1 });
  await agent.event('After');
  await agent.call('call', '13800138000');
  await agent.event('Conversation');
  assert.deepEqual(await told(), ['made 0', 'answer 0']);

  const { agent: other, told: toldOther } = await withPhone(t, { autoAnswer: true });
  await other.call('call', '13800138000');
  await other.event('Conversation');
  assert.deepEqual(await toldOther(), ['made 0'], 'this phone answers by itself');
});

// ── 22 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('to start anew keeps the listeners, takes the new options and leaves nothing behind', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  const styles = () => agent.page.evaluate(() => [document.head.childElementCount, document.adoptedStyleSheets.length]);
  // While the toolbar loads its part there is a script more.
  const partLoaded = () => until(() => agent.page.evaluate(() => !document.head.querySelector('script[src*=panels]')), { what: 'the part is there' });
  await partLoaded();
  const before = await styles();
  const downloads = [];
  agent.page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await agent.page.evaluate((given) => {
    window.saved = 0;
    sdk.on('SaveLog', () => { saved += 1; });
    // The second comes while the first still connects.
    for (const agentNumber of ['1002', '1003', '1004']) sdk.init({ ...given, agentNumber });
  }, optionsFor(broker));
  await agent.event('Login', { nth: 2 });
  assert.equal(requests(broker).at(-1).agentNumber, '1004');
  assert.equal(await agent.page.locator('agent-toolbar').count(), 1);
  await partLoaded();
  assert.deepEqual(await styles(), before);
  await until(() => broker.clients() === 1, { what: 'one link is left' });

  await agent.page.keyboard.press('Control+l');
  await agent.idle();
  assert.deepEqual([await agent.page.evaluate(() => saved), downloads], [0, []]);
});

// ── 23 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('two tabs of an agent share the routing key and hear the same, and neither ends the other', async (t) => {
  const profile = await newProfile(t, shared.browser);
  const first = await logIn(t, shared, { profile });
  const second = await logIn(t, shared, { profile });
  const key = async (tab) => (await tab.sent()).map((frame) => frame.match(/"routingKey":"([^"]+)"/)?.[1]).find(Boolean);
  assert.equal(await key(first), await key(second));
  await first.idle();
  await second.event('Idle');
  assert.deepEqual([await first.values('Kick'), await second.values('Kick')], [[], []]);
});

// ── 24 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the browser would ask before it leaves the page. */
const asksToStay = (agent) => agent.page.evaluate(() => {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
});

test('leaving the page asks only while there is a call', async (t) => {
  const { agent } = await logInAtFake(t, shared);
  assert.equal(await asksToStay(agent), false);
  await agent.call('call', '13800138000');
  await agent.event('Conversation');
  assert.equal(await asksToStay(agent), true);
  await agent.call('hangup');
  await agent.event('After');
  assert.equal(await asksToStay(agent), false);
});

test('of two toolbars on a page the one in a call still asks when the call of the other has ended', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.call('call', '13800138000');
  await agent.event('Conversation');
  await agent.page.evaluate((given) => {
    document.body.insertAdjacentHTML('beforeend', '<div id="second"></div>');
    window.heardBySecond = [];
    window.second = new AgentSdk(given);
    second.on('StateChange', (state) => heardBySecond.push(state));
  }, optionsFor(broker, { agentNumber: '1002', el: '#second' }));
  const second = (state) => until(() => agent.page.evaluate((one) => heardBySecond.includes(one), state), { what: `the second is in ${state}` });
  await second('Login');
  await agent.page.evaluate(() => second.call('13900139000'));
  await second('Conversation');
  await agent.page.evaluate(() => second.hangup());
  await second('After');
  assert.equal(await asksToStay(agent), true);
});

// ── 25 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('who listens in has a button to hang up, and who is done one to sign out', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { says: { login: { agentType: 1 } } });
  broker.tell('Listening', { ...CALL, callType: 'listen' });
  await agent.event('StateChange', { nth: 3 });
  await agent.press(agent.hangUp, () => named(broker, 'cancelCall').length > 0);
  await agent.event('After');
  await agent.idle();
  const signOut = agent.toolbar.getByRole('menuitem', { name: '退出登录' });
  await agent.press(agent.chip, () => signOut.isVisible());
  await agent.press(signOut, () => named(broker, 'logout').length > 0);
  await agent.event('Logout');
  assert.equal(await agent.call('isLogin'), false);
});

// ── 27 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('what a page keeps of a shift has a bound', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  // Callbacks for events that never come.
  await agent.page.evaluate(() => {
    window.answered = [];
    for (let n = 1; n <= 5000; n += 1) sdk.onPrivateEventCallback(n, () => answered.push(n));
  });
  const event = (sequence, more) => ({ type: 'event', event: 'SendDTMF', sequence, data: null, ...more });
  broker.push(event(1), event(5000));
  await until(() => agent.page.evaluate(() => answered.length > 0), { what: 'the newest is called back' });
  assert.deepEqual(await agent.page.evaluate(() => answered), [5000]);

  const note = 'x'.repeat(1_000_000);
  for (let n = 0; n < 25; n += 1) broker.push(event(0, { n, note }));
  await agent.idle();
  const record = await agent.page.evaluate(() => ({ length: sdk.record().length, storages: localStorage.length + sessionStorage.length }));
  assert.ok(record.length > 1_000_000 && record.length < 25_000_000, `${record.length} characters`);
  assert.ok(record.storages <= 3, 'routing key, token, clocks');
  assert.equal(await agent.page.evaluate(() => AgentSdk.replay(sdk.record()).agent.state), 'Idle');
});
