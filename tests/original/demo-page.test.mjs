import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { ORIGINAL_DIST, PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
let site;
before(async () => { site = await serve({ '/pkg/': PKG, '/': ORIGINAL_DIST }); });
after(() => site?.stop());

const CUSTOMER = '13800138000';
const OUTSIDE = '13900139000';

/** The original's own demo page with our script in the place of its, filled in for this agent. */
async function openDemo(t, agentNumber) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  const html = await readFile(`${ORIGINAL_DIST}index.html`, 'utf8');
  const parts = html.split('./agent-sdk_1.1.65.js');
  assert.equal(parts.length, 2, 'the page has its one script');
  await page.route(`${site.origin}/index.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8', body: parts.join('/pkg/agent-toolbar.js'),
  }));
  // The page reads its fields when it has loaded.
  await page.addInitScript((values) => document.addEventListener('DOMContentLoaded', () => {
    for (const [id, value] of Object.entries(values)) document.getElementById(id).value = value;
  }), {
    wsUrl: shared.sandbox.url, host: '/', connectAccount: 'guest', subscribePath: '/topic',
    companyShortName: 'demo', agentNumber, agentPassword: '123456',
  });
  await page.goto(`${site.origin}/index.html`);
  return new DemoPage(page, agentNumber);
}

/** What a person does with the demo page, and what it and the sandbox show. */
class DemoPage {
  constructor(page, number) {
    this.page = page;
    this.number = number;
    this.chip = page.locator('.sdk-ins [part~=chip]');
    this.message = page.locator('.sdk-message');
    this.list = page.locator('#sdk-surveillance-box');
  }

  field(id) {
    return this.page.locator(`.right #${id}`);
  }

  /** Presses one of the page's own buttons. */
  press(id) {
    return this.field(id).click();
  }

  /** Presses one of the page's own buttons, which brings the agent into this state. */
  async becomes(nowState, id) {
    await this.press(id);
    await inState(this.number, nowState);
  }

  /** The page starts with the browser's phone, and has none: the person takes the SIP phone. */
  async logIn() {
    await until(async () => (await agentState(this.number)).loginType === 3, { what: `${this.number} logs in as the page is written` });
    await this.field('loginType').selectOption({ label: 'SIP话机' });
    await this.press('login');
    await until(async () => (await agentState(this.number)).loginType === 1, { what: `${this.number} logs in with the SIP phone` });
    await inState(this.number, 'Login');
    await this.shows('已登录');
  }

  shows(label) {
    return until(async () => (await this.chip.textContent()).includes(label), { what: `the toolbar shows ${label}` });
  }

  sockets() {
    return this.page.evaluate(() => window.sockets);
  }

  /** How many requests of this name have been sent. */
  async asked(request) {
    const sent = (await this.sockets()).flatMap((socket) => socket.sent);
    return sent.join('').split(`"request":"${request}"`).length - 1;
  }

  /** Waits until a link opened after `before` of them has brought one of these events. */
  back(before, ...events) {
    return until(async () => (await this.sockets()).slice(before).some(({ received }) => (
      received.some((text) => events.some((event) => text.includes(`"event":"${event}"`)))
    )), { what: `${events.join(' or ')} over a new link` });
  }
}

const agentState = async (number) => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === number);

const inState = (number, nowState) => until(async () => (await agentState(number)).nowState === nowState, { what: `${number} is in state ${nowState}` });

/** A customer calls this agent and they talk; returns the call's id. */
async function customerTalksTo(number) {
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: number });
  await inState(number, 'Conversation');
  return callId;
}

const ended = (callId) => until(
  async () => (await shared.sandbox.state()).calls.every((call) => call.callId !== callId),
  { what: `call ${callId} is over` },
);

test('an agent works with the buttons of the original\'s demo page', async (t) => {
  const demo = await openDemo(t, '1001');
  await demo.logIn();

  await demo.becomes('Idle', 'idle');
  await demo.shows('就绪');
  await demo.becomes('Busy', 'busy');
  await demo.shows('忙碌');

  await demo.field('called').fill(CUSTOMER);
  await demo.becomes('Conversation', 'call');
  await demo.shows('通话中');
  const { calls: [call] } = await shared.sandbox.state();
  assert.equal(call.to, CUSTOMER);
  // What the page calls to hold is to mute.
  await demo.becomes('Mute', 'mute');
  await demo.becomes('Unmute', 'unMute');
  await demo.becomes('After', 'hangup');
  await demo.shows('话后');
  await ended(call.callId);

  // Without a call there is nothing to transfer, and the page says so.
  await demo.field('transferId').fill('1002');
  await demo.press('transferCall');
  await demo.message.getByText('消息与呼叫状态不兼容').waitFor();

  const colleague = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await colleague.idle();
  await demo.becomes('Idle', 'idle');
  const toColleague = await customerTalksTo('1001');
  await demo.field('transferType').selectOption({ label: '坐席' });
  await demo.becomes('After', 'transferCall');
  await inState('1002', 'Conversation');
  assert.equal((await agentState('1002')).callId, toColleague);
  await shared.sandbox.hangUp(toColleague);
  await ended(toColleague);

  await demo.becomes('Idle', 'idle');
  const toOutside = await customerTalksTo('1001');
  await demo.field('transferId').fill(OUTSIDE);
  await demo.field('transferType').selectOption({ label: '外线手机' });
  await demo.becomes('After', 'transferCall');
  const parties = async () => (await shared.sandbox.state()).calls.find(({ callId }) => callId === toOutside).parties.map(({ who }) => who);
  await until(async () => (await parties()).includes(OUTSIDE), { what: 'the outside number talks to the customer' });
  assert.ok(!(await parties()).includes('1001'));
  await shared.sandbox.hangUp(toOutside);

  // There is no phone in the page that these could concern.
  for (const id of ['register', 'unregister', 'stop']) await demo.press(id);
  await demo.becomes('Logout', 'logout');
  await demo.shows('未登录');
});

test('a supervisor works with the buttons of the original\'s demo page, and the link with those for the link', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  const demo = await openDemo(t, '1000');
  await demo.logIn();
  await demo.becomes('Idle', 'idle');
  await demo.field('targetAgent').fill('1001');

  const watched = await customerTalksTo('1001');
  await demo.press('surveillanceStart');
  await until(async () => {
    const list = await demo.list.inputValue();
    return list.includes('"agentName": "林静"') && list.includes('"nowState": "Conversation"');
  }, { what: 'the list tells of the call' });

  await demo.becomes('Listening', 'listen');
  await demo.becomes('ForceInserting', 'forceInsert');
  await demo.becomes('After', 'hangup');
  await demo.becomes('Idle', 'idle');
  await demo.press('forceBreak');
  await inState('1001', 'After');
  await ended(watched);
  await demo.press('surveillanceEnd');
  const asked = await demo.asked('surveillance');
  assert.ok(asked > 0);

  await agent.idle();
  const taken = await customerTalksTo('1001');
  await demo.becomes('Conversation', 'intercept');
  await inState('1001', 'After');
  assert.equal((await agentState('1000')).callId, taken);
  await demo.becomes('After', 'hangup');
  await demo.becomes('Idle', 'idle');

  for (const [id, nowState] of [['forceBusy', 'Busy'], ['forceIdle', 'Idle'], ['forceLogout', 'Logout']]) {
    await demo.press(id);
    await inState('1001', nowState);
  }
  assert.equal(await demo.asked('surveillance'), asked, 'the watch was ended');

  const links = async () => (await demo.sockets()).length;
  let before = await links();
  await demo.press('disconnect');
  await demo.back(before, 'Reconnect');
  assert.equal((await agentState('1000')).nowState, 'Idle');
  await demo.shows('就绪');

  before = await links();
  await demo.press('connect');
  await demo.back(before, 'Login', 'Reconnect');
  assert.notEqual((await agentState('1000')).nowState, 'Logout');

  await demo.becomes('Logout', 'break');
  await demo.shows('离线');
  // Nobody is there to be logged out.
  await demo.press('logout');

  before = await links();
  await demo.press('connect');
  await demo.back(before, 'Login');
  await demo.becomes('Logout', 'logout');
  await demo.shows('未登录');
});
