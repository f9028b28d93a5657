// What a page lives through in a day: wrong clocks, sleep, reloads, tabs in front of it, being left and found again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { ownClock, stopTimersWhileHidden } from '../lib/page-clock.mjs';
import { startPlainBrowser } from '../lib/plain-browser.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const HOUR = 3_600_000;
const CUSTOMER = '13800138000';

/** What the chip's clock shows. */
const shownTime = async (agent) => (await agent.chip.textContent()).match(/(\d+:)?\d\d:\d\d/)[0];

/** A moment ago, however slow the machine. */
const RECENT = /^[0-5]\d:\d\d$/;

const beats = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"heartbeat"')).length;
const openSockets = (agent) => agent.page.evaluate(() => sockets.filter(({ isOpen }) => isOpen).length);
const stateInSandbox = async () => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === '1001').nowState;

async function withClock(t) {
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(ownClock);
  return profile;
}

/** An agent at the sandbox in a call of a customer; gives the call's id. */
async function inCall(agent) {
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  return callId;
}

/** A tab of a browser as people have it; `scripts` run in it before those of the page. */
async function inPlainBrowser(t, origin, ...scripts) {
  const browser = await startPlainBrowser();
  t.after(() => browser.stop());
  for (const script of scripts) await browser.profile.addInitScript(script);
  const page = await newTab(t, browser.profile);
  await openTestPage(page, origin);
  return { agent: new Agent(page), profile: browser.profile };
}

/** Puts another tab in front. */
async function hide(agent, profile) {
  const other = await profile.newPage();
  await other.bringToFront();
  await until(() => agent.page.evaluate(() => document.hidden), { what: 'the page is hidden' });
}

/** Puts the tab in front again, to the moment at which the page has heard of it. */
async function show(agent) {
  await agent.page.bringToFront();
  await until(() => agent.page.evaluate(() => !document.hidden), { what: 'the page is shown' });
}

// ── clocks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

for (const [how, skew] of [['behind', -7.2 * HOUR], ['ahead', 72.1 * HOUR]]) {
  test(`a machine whose clock is ${how} shows the right times, before and after a reload`, async (t) => {
    const profile = await withClock(t);
    await profile.addInitScript((ms) => clock.set(ms), skew);
    const agent = await logIn(t, shared, { profile });
    agent.page.on('dialog', (dialog) => dialog.accept());
    const callId = await inCall(agent);
    const { call, agent: { since } } = await agent.call('snapshot');
    for (const time of [call.since, since]) assert.ok(Math.abs(Date.now() - time) < HOUR, `${time} is the server's time`);
    assert.match(await shownTime(agent), RECENT);
    await agent.page.reload();
    await agent.start(optionsFor(shared.sandbox));
    await agent.event('Conversation');
    assert.match(await shownTime(agent), RECENT);
    assert.equal((await agent.call('snapshot')).call.since, call.since);
    await shared.sandbox.hangUp(callId);
    await agent.event('After');
    assert.match(await shownTime(agent), RECENT);
    assert.ok((await agent.call('snapshot')).wrapUp.talked < HOUR);
  });
}

test('a clock that is set during a call changes no time', async (t) => {
  const agent = await logIn(t, shared, { profile: await withClock(t) });
  await inCall(agent);
  await agent.page.evaluate((ms) => clock.set(ms), -2 * HOUR);
  await agent.call('mute');
  await until(async () => (await agent.call('snapshot')).call.muted, { what: 'muted' });
  assert.match(await shownTime(agent), RECENT);
  // Forward it looks like sleep, until the server says more.
  await agent.page.evaluate((ms) => clock.set(ms), 5 * HOUR);
  await agent.call('unMute');
  await until(async () => !(await agent.call('snapshot')).call.muted, { what: 'no longer muted' });
  assert.match(await shownTime(agent), RECENT);
});

// ── sleep ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a machine that wakes up asks at once whether its link lives', async (t) => {
  const agent = await logIn(t, shared, { profile: await withClock(t), more: { pingInterval: 10 * HOUR } });
  await agent.idle();
  await until(async () => await beats(agent) === 1, { what: 'the first heart-beat' });
  await agent.page.evaluate((ms) => clock.sleep(ms), 2 * HOUR);
  await until(async () => await beats(agent) === 2, { what: 'a heart-beat long before its time' });
  await agent.idle();
  assert.equal(await openSockets(agent), 1);
  assert.equal((await agent.sockets()).length, 1, 'a link that lives is kept');
  assert.equal((await agent.call('snapshot')).agent.state, 'Idle');
});

test('a link that died while the machine slept is left, though nothing else would tell', async (t) => {
  // The broker's heart-beats and our own are too rare to notice.
  const more = { pingInterval: 10 * HOUR, timeout: 1000 };
  const { agent, broker } = await logInAtFake(t, shared, { profile: await withClock(t), more, says: { heartBeat: '900000,900000' } });
  await agent.idle();
  broker.hang();
  await agent.page.evaluate((ms) => {
    clock.sleep(ms);
    dispatchEvent(new Event('online'));
  }, 2 * HOUR);
  await agent.event('Close');
  await agent.exception(/链接长时间没有任何数据/);
  await agent.event('Reconnect');
  await until(async () => await openSockets(agent) === 1, { what: 'one link' });
  await agent.chipShows('就绪');
});

// ── reloads ────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a reload during a call finds the call as it was', async (t) => {
  const agent = await logIn(t, shared);
  agent.page.on('dialog', (dialog) => dialog.accept());
  await inCall(agent);
  await agent.call('hold');
  await until(async () => (await agent.call('snapshot')).call.held, { what: 'on hold' });
  const before = await agent.call('snapshot');

  await agent.page.reload();
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Reconnect');
  await until(async () => (await agent.call('snapshot')).call?.held, { what: 'still on hold' });
  const after = await agent.call('snapshot');
  assert.deepEqual(after.call, before.call);
  assert.deepEqual([after.agent.state, after.agent.since], [before.agent.state, before.agent.since]);
  await agent.toolbar.getByText('138****8000').first().waitFor();
  assert.deepEqual(await agent.values('Login'), [], 'the token was enough');

  await agent.call('unHold');
  await until(async () => !(await agent.call('snapshot')).call.held, { what: 'off hold' });
  await agent.press(agent.hangUp, async () => (await agent.values('CancelCall')).length > 0);
  await agent.event('After');
});

test('wrap-up that a reload interrupts ends by itself all the same', async (t) => {
  const agent = await logIn(t, shared);
  await shared.sandbox.hangUp(await inCall(agent));
  await agent.event('After');
  const { wrapUp: { until: end } } = await agent.call('snapshot');

  await agent.page.reload();
  await agent.page.evaluate((options) => {
    startSdk(options);
    // Looked at as it is heard: a slow machine may load a page for as long as wrap-up lasts.
    sdk.on('Reconnect', () => queueMicrotask(() => { window.found = sdk.snapshot().wrapUp; }));
  }, optionsFor(shared.sandbox));
  await agent.event('Reconnect');
  assert.equal(await agent.page.evaluate(() => found.until), end);
  await agent.event('Idle', { bound: 120_000 });
  assert.equal(await stateInSandbox(), 'Idle');
});

// ── tabs ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a tab that is hidden for hours goes on beating, and is right when it is looked at again', async (t) => {
  const broker = await startFakeBroker({ heartBeat: '0,0' });
  t.after(() => broker.stop());
  const { agent, profile } = await inPlainBrowser(t, broker.origin, ownClock, stopTimersWhileHidden);
  const minute = 60_000;
  await agent.start(optionsFor(broker, { pingInterval: 30 * minute, timeout: 60 * minute }));
  await agent.event('Login');
  await agent.idle();

  await hide(agent, profile);
  await agent.page.evaluate(() => clock.fast(600));
  await until(async () => await beats(agent) >= 3, { what: 'an hour of heart-beats', bound: 120_000 });
  const eventTime = await agent.page.evaluate(() => Date.now());
  broker.push({ type: 'event', event: 'Busy', nowState: 'Busy', eventTime, sequence: 0, data: { currentBusyType: '会议' } });
  await agent.event('Busy');
  const then = await beats(agent);
  await until(async () => await beats(agent) >= then + 5, { what: 'two and a half more hours of heart-beats', bound: 120_000 });
  await agent.page.evaluate(() => clock.fast(1));

  await show(agent);
  await agent.chipShows('会议');
  assert.match(await shownTime(agent), /^[23]:\d\d:\d\d$/);
  assert.equal((await agent.sockets()).length, 1, 'one link all the time');
  assert.deepEqual(await agent.values('Exception'), []);
});

test('a tab that the browser froze is right when it thaws', async (t) => {
  const { agent, profile } = await inPlainBrowser(t, shared.sandbox.origin);
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  const callId = await inCall(agent);
  await hide(agent, profile);
  await agent.page.evaluate(() => {
    window.life = [];
    for (const name of ['freeze', 'resume']) document.addEventListener(name, () => life.push(name));
  });
  const debug = await profile.newCDPSession(agent.page);
  const life = (name) => until(() => agent.page.evaluate((one) => life.includes(one), name), { what: `the page hears ${name}` });

  await debug.send('Page.setWebLifecycleState', { state: 'frozen' });
  await life('freeze');
  await shared.sandbox.hangUp(callId);
  await until(async () => await stateInSandbox() === 'After', { what: 'the call is over' });
  await debug.send('Page.setWebLifecycleState', { state: 'active' });
  await life('resume');

  await until(async () => (await agent.call('snapshot')).agent.state === 'After', { what: 'the page knows that the call is over' });
  assert.equal((await agent.call('snapshot')).call, null);
  await show(agent);
  await agent.chipShows('话后');
  await agent.idle();
  assert.equal(await openSockets(agent), 1);
});

test('a page that is left and found again by the back button is where it was, with one link', async (t) => {
  const { agent } = await inPlainBrowser(t, shared.sandbox.origin, () => {
    window.shows = [];
    addEventListener('pageshow', ({ persisted }) => shows.push(persisted));
  });
  const { page } = agent;
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  await page.evaluate(() => { window.mark = 'as it was left'; });

  await page.goto(`${shared.sandbox.origin}/sandbox/state`);
  await shared.sandbox.fault('lock', { agent: '1001' });
  // A page that comes back from the cache has loaded long ago.
  await page.goBack({ waitUntil: 'commit' });
  const shown = await until(() => page.evaluate(() => window.shows?.length > 0 && [shows.at(-1), window.mark]).catch(() => null), { what: 'the page is shown' });
  const [persisted, mark] = shown;
  t.diagnostic(persisted ? 'it came back from the back/forward cache' : 'it was loaded again');
  assert.equal(mark, persisted ? 'as it was left' : undefined);
  if (!persisted) await agent.start(optionsFor(shared.sandbox));

  await agent.event('Reconnect');
  await agent.chipShows('已锁定');
  await until(async () => await openSockets(agent) === 1, { what: 'one link' });
  await shared.sandbox.fault('unlock', { agent: '1001' });
  await agent.chipShows('就绪');
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  assert.equal((await agent.values('Conversation')).length, 1, 'every event is told once');
});

// ── leaving ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the browser would ask before it leaves the page. */
const asks = (agent) => agent.page.evaluate(() => {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
});

test('leaving asks from the first ring to the end of the call, and neither before nor after', async (t) => {
  const agent = await openAgent(t, shared);
  assert.equal(await asks(agent), false, 'nothing has begun');
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  assert.equal(await asks(agent), false, 'ready');
  // Asked in the listener: ringing is over in half a second.
  await agent.page.evaluate(() => {
    window.asked = [];
    for (const name of ['AgentRinging', 'Conversation', 'After']) {
      sdk.on(name, () => queueMicrotask(() => {
        const event = new Event('beforeunload', { cancelable: true });
        dispatchEvent(event);
        asked.push([name, event.defaultPrevented]);
      }));
    }
  });
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Close');
  assert.equal(await asks(agent), true, 'a lost link is no end of a call');
  await agent.event('Reconnect');
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  assert.equal(await asks(agent), false, 'wrap-up');
  const asked = await agent.page.evaluate(() => asked);
  assert.deepEqual(asked.slice(0, 2), [['AgentRinging', true], ['Conversation', true]]);
  assert.deepEqual(asked.at(-1), ['After', false]);
});

test('who was put out, or starts anew as another, is not asked', async (t) => {
  const kicked = await logIn(t, shared);
  await inCall(kicked);
  assert.equal(await asks(kicked), true);
  const other = await logIn(t, shared);
  await kicked.event('Kick');
  assert.equal(await asks(kicked), false, 'kicked');

  await until(() => asks(other), { what: 'the call is there now' });
  await other.page.evaluate((given) => sdk.init(given), optionsFor(shared.sandbox, { agentNumber: '1002' }));
  assert.equal(await asks(other), false, 'at once');
  await other.event('Login', { nth: 2 });
  assert.equal(await asks(other), false, 'another agent');
});

test('the browser itself asks, and a page that stays is as it was', async (t) => {
  const agent = await logIn(t, shared);
  const callId = await inCall(agent);
  // A browser asks only where somebody has done something.
  await agent.chip.click();
  const dialogs = [];
  agent.page.on('dialog', (dialog) => {
    dialogs.push(dialog.type());
    return dialog.dismiss();
  });
  await agent.page.close({ runBeforeUnload: true });
  await until(() => dialogs.length > 0, { what: 'the browser asks' });
  assert.deepEqual(dialogs, ['beforeunload']);
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  assert.equal(await openSockets(agent), 1);

  const closed = agent.page.waitForEvent('close');
  await agent.page.close({ runBeforeUnload: true });
  await closed;
  assert.equal(dialogs.length, 1, 'after the call it goes without a word');
});
