import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const MASKED = '138****8000';
const CLOCK = /^\d\d:\d\d$/;
const CALL = { callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'c-1' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
const has = (locator, name, value) => until(async () => await locator.getAttribute(name) === value, { what: `${name} is ${value}` });
const says = (locator, pattern) => until(async () => pattern.test((await locator.textContent()).trim()), { what: `it says ${pattern}` });

/** Agent 1001 talks to the customer; gives the call's id. */
async function talks(agent) {
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  return callId;
}

/** The acts that one sees in the bar, from its start to its end, and whether each is one of the utilities. */
const seen = (agent) => agent.toolbar.locator('[part~=bar] button[data-act]:visible')
  .evaluateAll((all) => all.filter((one) => !one.closest('.pop'))
    .map((one) => ({ name: one.dataset.act, utility: one.closest('[part~=utilities]') !== null })));

/** The last one before the utilities. */
const last = async (agent) => (await seen(agent)).filter(({ utility }) => !utility).at(-1)?.name;

/** All that the toolbar holds of texts, names and tooltips. */
const everything = (agent) => agent.toolbar.locator('[part~=bar]').evaluate((bar) => {
  const attributes = [bar, ...bar.querySelectorAll('*')].flatMap((one) => [...one.attributes].map(({ value }) => value));
  const fields = [...bar.querySelectorAll('input, textarea')].map(({ value }) => value);
  return [bar.textContent, ...attributes, ...fields].join('\n');
});

test('hold and mute are pressed while they last, say what ends them, and count from their own begin', async (t) => {
  const agent = await logIn(t, shared);
  await talks(agent);
  const [hold, mute] = ['hold', 'mute'].map((name) => act(agent, name));
  await has(hold, 'aria-pressed', 'false');
  assert.equal(await hold.locator('.num').textContent(), '', 'no clock where nothing lasts');

  await mute.press('Enter');
  await has(mute, 'aria-pressed', 'true');
  assert.equal(await mute.getAttribute('aria-label'), '取消静音');
  await says(mute.locator('.num'), CLOCK);
  await agent.toolbar.getByText('对方听不到您').waitFor();
  assert.equal((await agent.call('snapshot')).call.muted, true);

  await mute.press('Enter');
  await has(mute, 'aria-pressed', 'false');
  assert.equal(await mute.getAttribute('aria-label'), '静音');

  await hold.press('Enter');
  await has(hold, 'aria-pressed', 'true');
  assert.equal(await hold.getAttribute('aria-label'), '恢复');
  await says(hold.locator('.num'), CLOCK);
  await has(mute, 'aria-disabled', 'true');
  assert.equal((await agent.call('snapshot')).call.held, true);
  await agent.chipShows('保持中');
  assert.match(await agent.chip.getAttribute('class'), /\bbusy\b/, 'another colour than a call');
  await hold.press('Enter');
  await has(hold, 'aria-pressed', 'false');
  await has(mute, 'aria-disabled', null);
});

test('the clock of the call goes on while the caller waits', async (t) => {
  const agent = await logIn(t, shared);
  await talks(agent);
  const { call: { since } } = await agent.call('snapshot');
  const hold = act(agent, 'hold');
  await hold.press('Enter');
  await has(hold, 'aria-pressed', 'true');
  assert.equal((await agent.call('snapshot')).call.since, since);
  await says(agent.chip, /\d\d:\d\d/);
});

test('the button that ends the call is the last one before the utilities, whatever the call is', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, {});
  await agent.idle();
  const states = [
    ['AgentRinging', CALL, 'reject'],
    ['AgentAnswer', CALL, 'hangUp'],
    ['Conversation', { ...CALL, callType: 'normal' }, 'hangUp'],
    ['Hold', { ...CALL, callType: 'normal' }, 'hangUp'],
    ['UnHold', { ...CALL, callType: 'normal' }, 'hangUp'],
    ['TransferCalling', CALL, 'hangUp'],
    ['TransferCancel', { ...CALL, callType: 'normal' }, 'hangUp'],
    ['ConsultCalling', CALL, 'hangUp'],
    ['ConsultCancel', { ...CALL, callType: 'normal' }, 'hangUp'],
  ];
  for (const [name, data, wanted] of states) {
    broker.tell(name, data);
    await until(async () => (await agent.call('snapshot')).agent.state === name, { what: name });
    await until(async () => await last(agent) === wanted, { what: `${wanted} is last in ${name}` });
  }
});

test('a narrow bar keeps who it is, hold, mute and the way out, and tells the rest by name only', async (t) => {
  const agent = await logIn(t, shared);
  await agent.page.setViewportSize({ width: 340, height: 600 });
  await talks(agent);
  const stack = agent.toolbar.locator('.stack');
  await until(() => stack.isVisible(), { what: 'two lines' });
  await says(stack.locator('.l1'), new RegExp(`^${MASKED.replaceAll('*', '\\*')}$`));
  await says(stack.locator('.l2'), /^通话中 \d\d:\d\d$/);
  await until(async () => {
    const names = (await seen(agent)).filter(({ utility }) => !utility).map(({ name }) => name);
    return ['hold', 'mute', 'hangUp'].every((name) => names.includes(name)) && !names.includes('keypad');
  }, { what: 'hold, mute and hang up are left' });
  const { width } = await agent.hangUp.boundingBox();
  assert.ok(width < 60, `hang up is an icon now, ${width} px wide`);
  assert.equal(await agent.hangUp.getAttribute('aria-label'), '挂断');
  const fits = await agent.toolbar.locator('[part~=bar]').evaluate((bar) => bar.scrollWidth <= bar.clientWidth);
  assert.ok(fits, 'nothing is cut off');
});

test('an outbound call says whose phone rings, and can be taken back', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, {});
  await agent.idle();
  const call = { callDirection: 2, caller: '1001', called: CUSTOMER, occCallId: 'c-2' };
  broker.tell('AgentRinging', call);
  await agent.toolbar.getByText('您的话机正在振铃').first().waitFor();
  broker.tell('CalledRinging', call);
  await agent.toolbar.getByText('对方振铃中…').first().waitFor();
  assert.equal(await agent.hangUp.getAttribute('aria-label'), '取消呼叫');
  await agent.hangUp.press('Enter');
  await agent.event('After');
});

test('the number is nowhere in the toolbar of a whole call where numbers are hidden', async (t) => {
  const agent = await logIn(t, shared);
  const callId = await talks(agent);
  assert.equal((await everything(agent)).includes(CUSTOMER), false, 'in conversation');
  const hold = act(agent, 'hold');
  await hold.press('Enter');
  await has(hold, 'aria-pressed', 'true');
  assert.equal((await everything(agent)).includes(CUSTOMER), false, 'on hold');
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  await act(agent, 'done').waitFor();
  const after = await everything(agent);
  assert.equal(after.includes(CUSTOMER), false, 'in wrap-up');
  assert.ok(after.includes(MASKED), 'who it was is there, hidden in part');
});

test('what the page has switched off is not drawn', async (t) => {
  const agent = await logIn(t, shared, { more: { features: { hold: false, dtmf: false } } });
  await talks(agent);
  await act(agent, 'mute').waitFor();
  assert.deepEqual((await seen(agent)).map(({ name }) => name).filter((name) => ['hold', 'keypad'].includes(name)), []);
});

test('whether the call is recorded is shown where the page says so', async (t) => {
  const agent = await logIn(t, shared);
  await talks(agent);
  const recorded = agent.toolbar.getByRole('img', { name: '录音中' });
  assert.equal(await recorded.count(), 0, 'nobody has said anything');
  await agent.call('setCallInfo', { recording: 'on' });
  const hold = act(agent, 'hold');
  await hold.press('Enter');
  await has(hold, 'aria-pressed', 'true');
  await recorded.waitFor();
});

test('a second call that rings is shown and said beside the first, which goes on', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, {});
  await agent.idle();
  broker.tell('Conversation', { ...CALL, callType: 'normal' });
  await agent.event('Conversation');
  const second = agent.toolbar.locator('.second');
  assert.equal(await second.isVisible(), false);
  broker.tell('AgentRinging', { ...CALL, caller: '15900000231', occCallId: 'c-9' });
  await second.getByText('159****0231').waitFor();
  const region = agent.toolbar.locator('[aria-live=assertive]');
  await until(async () => await region.textContent() === '第二路来电, 1 5 9 隐藏 0 2 3 1', { what: 'it is said' });
  assert.equal(await act(agent, 'holdAndAnswer').isVisible(), false, 'a desk phone is lifted');
  assert.equal(await last(agent), 'hangUp');
  assert.equal((await agent.call('snapshot')).call.party, CUSTOMER);
  assert.equal((await everything(agent)).includes('15900000231'), false);
});
