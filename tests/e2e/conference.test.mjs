import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const MASKED = '138****8000';
const CALL = { callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'c-1', callType: 'normal' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
const panel = (agent) => agent.toolbar.locator('[data-pop=conference]');
const party = (agent) => agent.toolbar.locator('[part~=party]');
const allowed = (locator) => until(async () => await locator.getAttribute('aria-disabled') === null, { what: `${locator} can be pressed` });
const focused = (locator) => until(() => locator.evaluate((one) => one.getRootNode().activeElement === one), { what: `${locator} has the focus` });

/** Agents 1001 and 1002 and the customer talk together; all by keyboard. */
async function conference(t) {
  const colleague = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await colleague.idle();
  const agent = await logIn(t, shared);
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');

  const { keyboard } = agent.page;
  await act(agent, 'conference').focus();
  await keyboard.press('Enter');
  await focused(panel(agent).getByRole('combobox'));
  await panel(agent).locator('[aria-selected=true]').filter({ hasText: '1002' }).waitFor();
  await keyboard.press('Enter');
  await focused(act(agent, 'complete'));
  await allowed(act(agent, 'merge'));
  await keyboard.press('g');
  await agent.chipShows('三方通话');
  return { agent, colleague, callId };
}

test('by keyboard alone somebody is asked and brought in, and the line says who hears whom', async (t) => {
  const { agent, colleague } = await conference(t);
  await party(agent).getByText(MASKED).first().waitFor();
  await party(agent).getByText('陈浩 1002').first().waitFor();
  await party(agent).getByText('三人都能互相听到').waitFor();
  await allowed(act(agent, 'mute'));
  await colleague.chipShows('三方通话');
  assert.equal((await party(agent).textContent()).includes(CUSTOMER), false);
});

test('whoever brought somebody in can leave, and the two others go on', async (t) => {
  const { agent, colleague } = await conference(t);
  await agent.press(agent.hangUp, async () => (await agent.values('After')).length > 0);
  await until(async () => {
    const { call } = await colleague.call('snapshot');
    return call?.party === CUSTOMER && !call.conference;
  }, { what: 'the colleague talks to the customer alone' });
});

test('when the third party leaves the call goes on with two', async (t) => {
  const { agent, colleague } = await conference(t);
  await colleague.call('hangup');
  await act(agent, 'transfer').waitFor();
  assert.equal(await party(agent).getByText('三人都能互相听到').count(), 0);
  await agent.chipShows('通话中');
});

test('a conference that does not come about says that the consultation goes on', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  broker.tell('ConsultCall', null);
  broker.tell('ConsultCalling', { ...CALL, called: '1002', callType: 'consult' });
  broker.tell('Conversation', { ...CALL, called: '1002', callType: 'consult' });
  await allowed(act(agent, 'merge'));
  broker.tell('TripartiteTalk', null);
  broker.tell('TripartiteTalkFail', null);
  const message = agent.toolbar.getByRole('alert').filter({ hasText: '三方通话未开始' });
  await message.waitFor();
  assert.match(await message.textContent(), /咨询不受影响/);
  assert.equal(await message.locator('[data-act=pickElse]').count(), 0, 'there is somebody already');
  await allowed(act(agent, 'complete'));
});
