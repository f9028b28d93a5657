import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const MINUTE = 60_000;
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const REASONS = { login: { busyType: '午餐,小休,培训' } };

/** An agent who is not ready for this reason since so many minutes. */
async function away(t, reason, minutes, more) {
  const { agent, broker } = await logInAtFake(t, shared, { says: REASONS, more });
  broker.tell('Busy', { currentBusyType: reason });
  await agent.chipShows(reason);
  broker.pass(minutes * MINUTE);
  await agent.chipShows(`${String(minutes).padStart(2, '0')}:`);
  return { agent, broker };
}

async function inCall(t) {
  const { agent, broker } = await logInAtFake(t, shared, { says: REASONS });
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  await agent.chipShows('通话中');
  return { agent, broker };
}

const item = (agent, name) => agent.toolbar.getByRole('menuitemradio', { name });
const name = (agent) => agent.chip.getAttribute('aria-label');
const next = async (agent) => (await agent.call('snapshot')).agent.next;
const asked = (broker) => requests(broker).filter(({ request }) => request === 'busy').map(({ busyType }) => busyType);

async function open(agent) {
  await agent.press(agent.chip, () => item(agent, '就绪').isVisible());
}

test('the chip is called by its state and whole minutes, which its clock does not read out each second', async (t) => {
  const { agent } = await away(t, '午餐', 18);
  await until(async () => /^午餐, (18|19) 分钟$/.test(await name(agent)), { what: 'the name counts minutes' });
  assert.match(await agent.chip.textContent(), /1[89]:\d\d/);
});

test('the menu says how long each reason took in this shift, the present time included', async (t) => {
  const { agent, broker } = await away(t, '午餐', 18);
  broker.tell('Busy', { currentBusyType: '小休' });
  await agent.chipShows('小休');
  await open(agent);
  assert.match(await item(agent, '午餐').textContent(), /本班 1[89] 分/);
  assert.doesNotMatch(await item(agent, '培训').textContent(), /本班/);
  assert.equal(await item(agent, '小休').getAttribute('aria-checked'), 'true');
});

test('Alt and a digit choose a state from the open menu', async (t) => {
  const { agent, broker } = await away(t, '午餐', 1);
  await agent.chip.focus();
  await agent.page.keyboard.press('ArrowDown');
  await item(agent, '小休').waitFor();
  // Ready is the first, the reasons follow.
  await agent.page.keyboard.press('Alt+3');
  await until(() => asked(broker).length > 0, { what: 'the state is asked for' });
  assert.deepEqual(asked(broker), ['小休']);
  assert.equal(await item(agent, '小休').count(), 0, 'the menu is closed');
});

test('a reason that lasts longer than the page lets it says by how much', async (t) => {
  const { agent } = await away(t, '小休', 13, { busyLimits: { 小休: 600 } });
  await agent.chipShows('超 3 分');
  assert.match(await name(agent), /超 3 分/);
});

test('a reason within its limit, or without one, says nothing of the kind', async (t) => {
  const { agent, broker } = await away(t, '小休', 5, { busyLimits: { 小休: 600 } });
  assert.doesNotMatch(await name(agent), /超/);
  broker.tell('Busy', { currentBusyType: '培训' });
  await agent.chipShows('培训');
  broker.pass(300 * MINUTE);
  await agent.chipShows('5:00:');
  assert.doesNotMatch(await name(agent), /超/);
});

test('in a call the menu chooses what to be when it ends, and that is asked for then', async (t) => {
  const { agent, broker } = await inCall(t);
  await open(agent);
  await agent.toolbar.getByText('本次通话结束后').waitFor();
  assert.equal(await agent.toolbar.getByRole('menuitem', { name: '退出登录' }).count(), 0, 'nobody signs out of a call');
  await item(agent, '小休').click();
  await until(async () => await next(agent) !== null, { what: 'the choice is kept' });
  assert.deepEqual(await next(agent), { state: 'busy', busyType: '小休' });
  await agent.chipShows('小休');
  assert.match(await name(agent), /^通话中, .*之后 小休$/);
  assert.deepEqual(asked(broker), [], 'not before the call is over');

  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await until(() => asked(broker).length > 0, { what: 'it is asked for after the call' });
  assert.deepEqual(asked(broker), ['小休']);
  assert.equal(await next(agent), null);
});

test('a state chosen for later is taken back by choosing it again', async (t) => {
  const { agent } = await inCall(t);
  await open(agent);
  await item(agent, '午餐').click();
  await until(async () => await next(agent) !== null, { what: 'the choice is kept' });
  await open(agent);
  assert.equal(await item(agent, '午餐').getAttribute('aria-checked'), 'true');
  await item(agent, '午餐').click();
  await until(async () => await next(agent) === null, { what: 'the choice is gone' });
  assert.doesNotMatch(await name(agent), /之后/);
});
