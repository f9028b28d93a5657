import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const MASKED = '138****8000';

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
const panel = (agent) => agent.toolbar.locator('[data-pop=consult]');
const field = (agent) => panel(agent).getByRole('combobox');
const parties = (agent) => agent.toolbar.locator('[part~=party] [role=group]');
const allowed = (locator) => until(async () => await locator.getAttribute('aria-disabled') === null, { what: `${locator} can be pressed` });
const shows = (locator, text) => until(async () => (await locator.allTextContents()).join(' ').includes(text), { what: `it says ${text}` });

/** Agent 1001, who talks to the customer. */
async function talking(t, more) {
  const agent = await logIn(t, shared, { more });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  return agent;
}

/** Agent 1001 asks agent 1002 by the panel, and has been answered. */
async function consulting(t, more) {
  const colleague = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await colleague.idle();
  const agent = await talking(t, more);
  await agent.press(act(agent, 'consult'), () => panel(agent).isVisible());
  await shows(panel(agent).locator('[aria-selected=true]'), '1002');
  await field(agent).press('Enter');
  await allowed(act(agent, 'complete'));
  return { agent, colleague };
}

test('who waits and who is asked stand beside each other, each with what it is doing', async (t) => {
  const { agent } = await consulting(t);
  assert.equal(await parties(agent).count(), 2);
  const [waits, asked] = [parties(agent).nth(0), parties(agent).nth(1)];
  assert.equal(await waits.getAttribute('aria-label'), `${MASKED}, 保持`);
  assert.equal(await asked.getAttribute('aria-label'), '陈浩 1002, 咨询中');
  assert.match(await asked.locator('.num').last().textContent(), /^\d\d:\d\d$/);
  const text = await agent.toolbar.locator('[part~=bar]').evaluate((bar) => bar.textContent);
  assert.equal(text.includes(CUSTOMER), false);
  assert.equal(await agent.toolbar.locator('[data-act=swap]').count(), 0, 'there is no way to swap the parties');
});

test('the numbers stand in full where the page wants them so', async (t) => {
  const { agent } = await consulting(t, { phoneEncryption: false });
  assert.equal(await parties(agent).first().getAttribute('aria-label'), `${CUSTOMER}, 保持`);
});

test('only somebody to talk to can be asked', async (t) => {
  const agent = await talking(t);
  await agent.press(act(agent, 'consult'), () => panel(agent).isVisible());
  assert.deepEqual(await panel(agent).getByRole('tab').allTextContents(), ['空闲座席', '号码']);
  await field(agent).press('Tab');
  await field(agent).fill('13800138001');
  await panel(agent).locator('[data-act=consultFirst]').waitFor();
  assert.equal(await panel(agent).locator('footer [data-act]').count(), 1);
  await shows(panel(agent).locator('footer'), '咨询 138 0013 8001');
  await field(agent).fill('');
  await shows(panel(agent).locator('footer'), '选择咨询谁');
});

test('while the other side rings nothing can be completed, and the consultation can be called off', async (t) => {
  const agent = await talking(t);
  await agent.press(act(agent, 'consult'), () => panel(agent).isVisible());
  await field(agent).press('Tab');
  // Rings for 90 s.
  await field(agent).fill('00020090');
  await field(agent).press('Enter');
  await shows(parties(agent), '对方振铃中');
  for (const name of ['complete', 'merge']) {
    assert.equal(await act(agent, name).getAttribute('aria-disabled'), 'true', name);
    assert.notEqual(await act(agent, name).getAttribute('data-tip'), await act(agent, name).getAttribute('aria-label'), `${name} says why not`);
  }
  // Its request is on its way with the press: a second one would be refused.
  await agent.press(act(agent, 'cancelConsult'), async () => (await agent.sent()).some((frame) => frame.includes('"request":"consultCancel"')));
  await until(async () => await parties(agent).count() < 2, { what: 'the consultation is over' });
  await act(agent, 'transfer').waitFor();
  assert.equal((await agent.call('snapshot')).agent.state, 'ConsultCancel');
  assert.equal(await agent.toolbar.locator('.toast').count(), 0, 'what one wants oneself is no news');
});

test('with the mouse a consultation becomes a transfer', async (t) => {
  const { agent, colleague } = await consulting(t);
  await agent.press(act(agent, 'complete'), async () => (await agent.values('After')).length > 0);
  await until(async () => (await colleague.call('snapshot')).call?.party === CUSTOMER, { what: 'the colleague has the customer' });
});

test('when the other side hangs up the agent learns that the caller is there again', async (t) => {
  const { agent, colleague } = await consulting(t);
  await colleague.call('hangup');
  const message = agent.toolbar.getByRole('status').filter({ hasText: '咨询已结束' });
  await message.waitFor();
  await shows(message, '客户仍在线上');
  await message.locator('[data-act=backToCall]').press('Enter');
  await message.waitFor({ state: 'detached' });
  await act(agent, 'transfer').waitFor();
});

test('a consultation that reaches nobody says so, and offers somebody else', async (t) => {
  const agent = await talking(t);
  await agent.press(act(agent, 'consult'), () => panel(agent).isVisible());
  await field(agent).press('Tab');
  // Is busy.
  await field(agent).fill('00000017');
  await field(agent).press('Enter');
  const message = agent.toolbar.getByRole('alert').filter({ hasText: '咨询未接通' });
  await message.waitFor();
  await shows(message, '客户仍在线上');
  await message.locator('[data-act=pickElse]').press('Enter');
  await agent.toolbar.locator('[data-pop=transfer]').getByRole('combobox').waitFor();
});

test('a microphone that is closed when a consultation begins can be opened in it', async (t) => {
  const { agent } = await consulting(t);
  const mute = act(agent, 'mute');
  await allowed(mute);
  await mute.press('Enter');
  await until(async () => await mute.getAttribute('aria-pressed') === 'true', { what: 'muted' });
  await mute.press('Enter');
  await until(async () => await mute.getAttribute('aria-pressed') === 'false', { what: 'heard again' });
  assert.equal(await parties(agent).count(), 2);
});

test('a page that switches conferences off has no button to merge the parties', async (t) => {
  const { agent } = await consulting(t, { features: { conference: false } });
  assert.equal(await act(agent, 'merge').count(), 0);
});
