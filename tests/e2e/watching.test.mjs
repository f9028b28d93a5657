import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const CALL = { callDirection: 1, caller: CUSTOMER, called: '1002', occCallId: 'c-1' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
/** What a supervisor does, beside what the toolbar asks for to show it. */
const DONE = ['listen', 'whisper', 'forceInsert', 'intercept', 'cancelCall', 'idle', 'busy'];
const asked = (broker) => requests(broker).filter(({ request }) => DONE.includes(request)).map(({ request, beAgentNumber }) => [request, beAgentNumber]);
const checked = (agent) => agent.toolbar.getByRole('radio', { checked: true }).evaluateAll((all) => all.map((one) => one.dataset.act));

/** A supervisor who has begun to listen to agent 1002. */
async function listening(t) {
  const { agent, broker } = await logInAtFake(t, shared, { says: { login: { agentType: 1 } } });
  await agent.idle();
  await agent.call('listen', '1002');
  await until(() => asked(broker).some(([request]) => request === 'listen'), { what: 'listen is asked for' });
  broker.tell('Listening', { ...CALL, callType: 'listen' });
  await until(async () => (await agent.call('snapshot')).agent.state === 'Listening', { what: 'listening' });
  await act(agent, 'whisper').waitFor();
  return { agent, broker };
}

test('who listens sees whose call it is, and that nobody hears them', async (t) => {
  const { agent } = await listening(t);
  const party = agent.toolbar.locator('[part~=party]');
  await party.getByText('座席 1002').first().waitFor();
  await party.getByText('138****8000').first().waitFor();
  await party.getByText('双方听不到您').waitFor();
  assert.deepEqual(await checked(agent), ['listen']);
  assert.equal(await agent.hangUp.getAttribute('aria-label'), '结束监听');
  assert.equal((await party.textContent()).includes(CUSTOMER), false);
});

test('who listens can whisper and barge in, and is told who hears that', async (t) => {
  const { agent, broker } = await listening(t);
  const steps = [
    ['whisper', 'whisper', 'Whispering', '只有座席听到您'],
    ['bargeIn', 'forceInsert', 'ForceInserting', '双方都能听到您'],
    ['listen', 'listen', 'Listening', '双方听不到您'],
  ];
  const glyphs = new Set();
  for (const [name, request, event, hears] of steps) {
    const before = asked(broker).length;
    await act(agent, name).press('Enter');
    await until(() => asked(broker).length > before, { what: `${request} is asked for` });
    assert.deepEqual(asked(broker).at(-1), [request, '1002']);
    broker.tell(event, { ...CALL, callType: request });
    await agent.toolbar.locator('[part~=party]').getByText(hears).waitFor();
    await until(async () => (await checked(agent)).join() === name, { what: `${name} is chosen` });
    const region = agent.toolbar.locator('[aria-live=polite]');
    await until(async () => await region.textContent() === hears, { what: `${hears} is said` });
    // The chip's glyph is that of the way, and no two ways have the same.
    const drawn = (control) => control.locator('svg.i').first().innerHTML();
    await until(async () => await drawn(agent.chip) === await drawn(act(agent, name)), { what: `the chip has the glyph of ${name}` });
    glyphs.add(await drawn(agent.chip));
  }
  assert.equal(glyphs.size, steps.length);
});

test('the way that goes on already is not asked for again', async (t) => {
  const { agent, broker } = await listening(t);
  const before = asked(broker).length;
  await act(agent, 'listen').press('Enter');
  await act(agent, 'whisper').press('Enter');
  await until(() => asked(broker).length > before, { what: 'the other way is asked for' });
  assert.deepEqual(asked(broker).slice(before), [['whisper', '1002']]);
});

test('who listens leaves by a button of their own', async (t) => {
  const { agent, broker } = await listening(t);
  await agent.hangUp.press('Enter');
  await until(() => asked(broker).some(([request]) => request === 'cancelCall'), { what: 'the supervisor leaves' });
  await agent.event('After');
});

test('to take a call over is asked about first, with the harmless answer at hand', async (t) => {
  const { agent, broker } = await listening(t);
  const before = asked(broker).length;
  await act(agent, 'takeOver').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=takeOver]');
  await pop.getByText('1002').waitFor();
  const keep = pop.locator('[data-act=keepWatching]');
  await until(() => keep.evaluate((one) => one.getRootNode().activeElement === one), { what: 'the harmless button has the focus' });
  await keep.press('Enter');
  await pop.waitFor({ state: 'detached' });
  assert.equal(asked(broker).length, before, 'nothing is asked for');

  // The platform gives a call only to a supervisor who has none.
  await act(agent, 'takeOver').press('Enter');
  await pop.locator('[data-act=takeOverNow]').press('Enter');
  await until(() => asked(broker).some(([request]) => request === 'intercept'), { what: 'the call is asked for' });
  assert.deepEqual(asked(broker).slice(before), [['cancelCall', undefined], ['busy', undefined], ['intercept', '1002']]);
});

test('an agent sees when a supervisor speaks, and who hears it', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, {});
  await agent.idle();
  broker.tell('Conversation', { ...CALL, called: '1001', callType: 'normal' });
  await agent.event('Conversation');
  const party = agent.toolbar.locator('[part~=party]');
  assert.equal(await party.getByText('班长').count(), 0);
  broker.tell('Whispering', { agentNumber: '1000' }, null);
  await party.getByText('1000 班长在对您说话，客户听不到').waitFor();
  const region = agent.toolbar.locator('[aria-live=polite]');
  await until(async () => (await region.textContent()).includes('班长在对您说话'), { what: 'it is said' });
  broker.tell('ForceInserting', { agentNumber: '1000' }, null);
  await party.getByText('1000 班长已加入，双方都听得到').waitFor();
});
