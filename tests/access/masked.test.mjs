import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { eachPopover } from '../lib/popovers.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const NUMBER = '13800138000';
const IN = { callDirection: 1, caller: NUMBER, called: 'g1', occCallId: 'call-1', inQueueTime: 0, callType: 'normal', userData: '', ivrKeyRecord: ['1'] };
const OUT = { callDirection: 2, caller: '1001', called: NUMBER, occCallId: 'call-2', callType: 'normal' };
const END = { cause: 0, hangupDirection: 1, agentAutoIdle: 1, agentAutoIdleTime: 600 };

/** The number however it is grouped, and even if its digits are apart. */
const LEAK = new RegExp([...NUMBER].join(String.raw`[\s().-]*`));

/**
 * What a tab keeps for itself, and takes along when it is closed: whom the last call was with, so that wrap-up is there after a
 * reload, and the calls of the shift, so that they can be called again. Nobody reads it but the toolbar, which hides the number.
 */
const OF_TAB = /^tab keeps agent-toolbar\/(clock|history)\//;

/**
 * Runs in a page before its scripts: `shown` keeps everything that anybody could see, hear or take away, whenever it changes: the
 * texts and attributes of the toolbar, the title, badges, notifications, what is copied, and what is stored.
 */
function watched() {
  window.shown = new Map();
  const note = (where, what) => {
    if (what) shown.set(`${where}: ${what}`, true);
  };
  window.Notification = class {
    static permission = 'granted';

    constructor(title, { body }) {
      note('notification', title);
      note('notification', body);
    }

    close() {}
  };
  navigator.setAppBadge = async (count) => note('badge', String(count));
  navigator.clearAppBadge = async () => {};
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  window.see = (seen) => {
    hidden = !seen;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    note(`${this === sessionStorage ? 'tab' : 'browser'} keeps ${name}`, String(value));
    put.call(this, name, value);
  };
  addEventListener('copy', (event) => note('copied', event.clipboardData.getData('text/plain')), { capture: false });
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; note('copied', text); } } });
  new MutationObserver(() => note('title', document.title)).observe(document, { childList: true, subtree: true });
  window.watchToolbar = () => {
    const root = document.querySelector('agent-toolbar').shadowRoot;
    const look = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return note('text', node.data);
      for (const { name, value } of node.attributes ?? []) note(`attribute ${name} of ${node.tagName}`, value);
      if (node.tagName === 'INPUT' && node.readOnly) note('field', node.value);
      // What stands in pieces beside each other is read as one.
      note('text', node.textContent);
      for (const child of node.childNodes) look(child);
      return undefined;
    };
    look(root);
    new MutationObserver((changes) => { for (const { target } of changes) look(target); })
      .observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
  };
}

/** A supervisor, to whom most is shown, ready and in a hidden page; from here on everything is watched. */
async function ready(t) {
  const broker = await startFakeBroker({ login: { agentType: 1 } });
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(watched);
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.start(optionsFor(broker, { lang: 'en' }));
  await agent.event('Login');
  await agent.idle();
  await agent.page.evaluate(() => watchToolbar());
  return { agent, broker };
}

const shownIs = (agent, pattern) => until(() => agent.page.evaluate((source) => [...shown.keys()].some((one) => new RegExp(source).test(one)), pattern.source), { what: `${pattern} is shown` });

/** Has the platform tell an event, waits until the session has it, and opens all that can be opened then. */
async function told({ agent, broker }, name, data) {
  const state = name === 'UnHold' ? 'UnHold' : name;
  broker.tell(name, data);
  await until(async () => (await agent.call('snapshot')).agent.state === state, { what: `the state ${state}` });
  await eachPopover(agent, () => {});
}

/** What was shown of the number, and that something was shown at all. */
async function leaks(agent) {
  const all = await agent.page.evaluate(() => [...shown.keys()]);
  assert.ok(all.length > 100, `${all.length} texts were looked at`);
  return all.filter((text) => LEAK.test(text) && !OF_TAB.test(text));
}

const recordHides = async (agent) => {
  const record = await agent.page.evaluate(() => sdk.record({ numbers: true }));
  assert.match(record, /138\*\*\*\*8000/, 'the call is in the record');
  assert.doesNotMatch(record, LEAK, 'the record hides the number');
};

test('the number of a caller is nowhere to be seen, heard, copied or found, from the first ring to after the call', async (t) => {
  const office = await ready(t);
  const { agent, broker } = office;
  await agent.page.evaluate(() => see(false));
  broker.tell('AgentRinging', IN);
  await shownIs(agent, /^notification: .*138\*+8000/);
  await shownIs(agent, /^title: .*138\*+8000/);
  // It is spoken.
  await shownIs(agent, /1 3 8 hidden 8 0 0 0/);
  await agent.page.evaluate(() => see(true));
  await eachPopover(agent, () => {});
  await told(office, 'Conversation', IN);
  await told(office, 'Hold', IN);
  await told(office, 'UnHold', IN);
  await told(office, 'Mute', IN);
  await told(office, 'Unmute', IN);
  // A report of it is copied while it lasts.
  await agent.toolbar.locator('[data-act=link]').press('Enter');
  await agent.toolbar.locator('[data-act=copyReport]').press('Enter');
  await until(() => agent.page.evaluate(() => window.copied), { what: 'the report is copied' });
  assert.match(await agent.page.evaluate(() => copied), /138\*{4}8000/);
  await agent.page.keyboard.press('Escape');
  await told(office, 'ConsultCall', IN);
  await told(office, 'ConsultCalling', IN);
  broker.tell('Conversation', { ...IN, callType: 'consult' });
  await until(async () => (await agent.call('snapshot')).agent.situation === 'consulting', { what: 'consulting' });
  await eachPopover(agent, () => {});
  broker.tell('TripartiteTalking', { ...IN, callType: 'consult' });
  await until(async () => (await agent.call('snapshot')).agent.situation === 'conference', { what: 'a conference' });
  await eachPopover(agent, () => {});
  await told(office, 'After', { ...IN, ...END });
  await agent.toolbar.getByText('138****8000').first().waitFor();
  await told(office, 'Idle', { loginType: '1' });
  assert.deepEqual(await leaks(agent), []);
  await recordHides(agent);
});

test('the number that an agent has called is hidden from the call on', async (t) => {
  const office = await ready(t);
  const { agent } = office;
  await told(office, 'AgentOriginate', OUT);
  await told(office, 'CalledRinging', OUT);
  await told(office, 'Conversation', OUT);
  await told(office, 'TransferCalling', OUT);
  await told(office, 'TransferCallFail', OUT);
  await told(office, 'After', { ...OUT, ...END });
  await agent.toolbar.getByText('138****8000').first().waitFor();
  await told(office, 'Idle', { loginType: '1' });
  assert.deepEqual(await leaks(agent), []);
  await recordHides(agent);
});

test('a number that was typed leaves the field with the call, and stands nowhere else', async (t) => {
  const { agent } = await ready(t);
  await agent.dial(NUMBER);
  await agent.event('Conversation');
  assert.equal(await agent.page.evaluate(() => document.querySelector('agent-toolbar').shadowRoot.querySelector('input')?.value ?? ''), '');
  await agent.toolbar.getByText('138****8000').first().waitFor();
  assert.deepEqual(await leaks(agent), []);
});

test('a page that hides no numbers shows them: what is looked for here can be found', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(watched);
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.start(optionsFor(broker, { lang: 'en', phoneEncryption: false }));
  await agent.event('Login');
  await agent.idle();
  await agent.page.evaluate(() => {
    watchToolbar();
    see(false);
  });
  broker.tell('AgentRinging', IN);
  for (const where of ['notification', 'title', 'text']) await shownIs(agent, new RegExp(`^${where}: .*${NUMBER.slice(0, 3)}[ ]?0013[ ]?8000`));
});
