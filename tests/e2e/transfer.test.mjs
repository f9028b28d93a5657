import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const CALL = { callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'c-1', callType: 'normal' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
const panel = (agent) => agent.toolbar.locator('[data-pop=transfer]');
const field = (agent) => panel(agent).getByRole('combobox');
const options = (agent) => panel(agent).getByRole('option');
const chosen = (agent) => panel(agent).locator('[role=option][aria-selected=true]');
const shows = (locator, text) => until(async () => (await locator.allTextContents()).join(' ').includes(text), { what: `it says ${text}` });
const focused = (locator) => until(() => locator.evaluate((one) => one.getRootNode().activeElement === one), { what: `${locator} has the focus` });
const polite = (agent) => agent.toolbar.locator('[aria-live=polite]');
const questions = (broker) => requests(broker).filter(({ request }) => ['groupInfo', 'idleAgent'].includes(request));

/** A colleague who is ready. */
async function ready(t, agentNumber) {
  const colleague = await logIn(t, shared, { more: { agentNumber } });
  await colleague.idle();
  return colleague;
}

/** Agent 1001, who talks to the customer. */
async function talking(t, more) {
  const agent = await logIn(t, shared, { more });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  return agent;
}

/** Opens the panel as the mouse does. */
async function open(agent) {
  await agent.press(act(agent, 'transfer'), () => panel(agent).isVisible());
  await focused(field(agent));
}

/** Agent 1001 in a call at a fake broker. */
async function callAtFake(t, says) {
  const { agent, broker } = await logInAtFake(t, shared, { says });
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  await agent.event('Conversation');
  return { agent, broker };
}

test('the panel finds ready colleagues, groups and voice menus, and says how many there are', async (t) => {
  await ready(t, '1002');
  const agent = await talking(t);
  await open(agent);
  await shows(chosen(agent), '陈浩');
  await shows(chosen(agent), '1002');
  await shows(chosen(agent), '销售组');
  assert.deepEqual(await panel(agent).getByRole('tab').allTextContents(), ['空闲座席1', '技能组2', '语音菜单1', '号码']);
  assert.equal(await panel(agent).getAttribute('aria-label'), '转接');
  const id = await field(agent).getAttribute('aria-activedescendant');
  assert.equal(await chosen(agent).getAttribute('id'), id);
});

test('what is typed narrows the list, is marked as text, and the count is said when typing rests', async (t) => {
  await ready(t, '1002');
  await ready(t, '1003');
  const agent = await talking(t);
  await open(agent);
  await until(async () => await options(agent).count() === 2, { what: 'two colleagues' });

  await field(agent).fill('王');
  await until(async () => await options(agent).count() === 1, { what: 'one is left' });
  assert.equal(await options(agent).locator('mark').textContent(), '王');
  await shows(polite(agent), '找到 1 个');

  await field(agent).fill('<b>');
  await until(async () => await options(agent).count() === 0, { what: 'none is left' });
  await shows(polite(agent), '没有找到');
  await shows(panel(agent).locator('footer'), '选择转给谁');
});

test('a colleague who becomes ready appears, and one who goes away makes room for nobody', async (t) => {
  const first = await ready(t, '1002');
  const agent = await talking(t);
  await open(agent);
  await shows(chosen(agent), '1002');

  await ready(t, '1003');
  await shows(options(agent), '1003');
  await shows(chosen(agent), '1002');

  await first.call('busy');
  await until(async () => await chosen(agent).count() === 0, { what: 'nobody is chosen any more' });
  await shows(options(agent), '1003');
  await shows(panel(agent).locator('footer'), '选择转给谁');
  await field(agent).press('Enter');
  await field(agent).press('ArrowDown');
  await shows(chosen(agent), '1003');
  assert.equal((await agent.call('snapshot')).agent.state, 'Conversation', 'Enter with nobody chosen did nothing');
});

test('by keyboard alone a colleague is asked first and then gets the call', async (t) => {
  const colleague = await ready(t, '1002');
  const agent = await talking(t);
  await act(agent, 'transfer').focus();
  await agent.page.keyboard.press('Enter');
  await focused(field(agent));
  await shows(chosen(agent), '1002');
  await agent.page.keyboard.press('Enter');

  const complete = act(agent, 'complete');
  await focused(complete);
  await until(async () => await complete.getAttribute('aria-disabled') === null, { what: 'the colleague has answered' });
  await agent.page.keyboard.press('Enter');
  await agent.event('After');
  await until(async () => (await colleague.call('snapshot')).call?.party === CUSTOMER, { what: 'the colleague talks to the customer' });
});

test('Shift and Enter give the call away at once', async (t) => {
  const colleague = await ready(t, '1002');
  const agent = await talking(t);
  await open(agent);
  await shows(chosen(agent), '1002');
  await field(agent).press('Shift+Enter');
  await agent.event('After');
  await colleague.event('Conversation');
  assert.equal(await panel(agent).count(), 0);
});

test('with the mouse a colleague is chosen and given the call at once', async (t) => {
  await ready(t, '1002');
  const colleague = await ready(t, '1003');
  const agent = await talking(t);
  await open(agent);
  await options(agent).filter({ hasText: '1003' }).click();
  await shows(chosen(agent), '1003');
  await shows(panel(agent).locator('footer'), '转给 王芳 1003');
  await focused(field(agent));
  await panel(agent).locator('[data-act=blindTransfer]').click();
  await colleague.event('Conversation');
  await agent.event('After');
});

test('a group and a voice menu cannot be asked: Enter transfers, and the button says so', async (t) => {
  const agent = await talking(t);
  await open(agent);
  const buttons = () => panel(agent).locator('footer [data-act]').evaluateAll((all) => all.map((one) => one.dataset.act));
  await field(agent).press('Tab');
  await shows(chosen(agent), '销售组');
  assert.deepEqual(await buttons(), ['transferTo']);
  await field(agent).press('ArrowDown');
  await shows(chosen(agent), '客服组');
  await field(agent).press('Tab');
  await shows(chosen(agent), '主菜单');
  assert.deepEqual(await buttons(), ['transferTo']);
  await field(agent).press('Shift+Tab');
  await shows(chosen(agent), '销售组');
  await field(agent).press('Tab');
  await shows(chosen(agent), '主菜单');
  await field(agent).press('Enter');
  await agent.event('After');
});

test('a number is read out of what is pasted, and is hidden once it is called', async (t) => {
  const agent = await talking(t);
  await open(agent);
  await panel(agent).getByRole('tab', { name: '号码' }).click();
  await focused(field(agent));
  await field(agent).fill('电话 138-0013 8001');
  await shows(chosen(agent), '138 0013 8001');
  await panel(agent).locator('[data-act=consultFirst]').click();

  const party = agent.toolbar.locator('[part~=party]');
  await party.getByText('138****8001').first().waitFor();
  await party.getByText('138****8000').first().waitFor();
  const all = await agent.toolbar.locator('[part~=bar]').evaluate((bar) => (
    [bar.textContent, ...[...bar.querySelectorAll('*')].flatMap((one) => [...one.attributes].map(({ value }) => value))].join('\n')));
  for (const number of [CUSTOMER, '13800138001']) assert.equal(all.includes(number), false);
});

test('Escape closes the panel, and the focus goes back to its button', async (t) => {
  const agent = await talking(t);
  await open(agent);
  await field(agent).press('Escape');
  await panel(agent).waitFor({ state: 'detached' });
  await focused(act(agent, 'transfer'));
});

test('the panel goes with the call', async (t) => {
  const agent = await logIn(t, shared);
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await open(agent);
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  await panel(agent).waitFor({ state: 'detached' });
});

test('what the page switches off has no button', async (t) => {
  const agent = await talking(t, { features: { consult: false, conference: false } });
  await act(agent, 'transfer').waitFor();
  for (const name of ['consult', 'conference']) assert.equal(await act(agent, name).count(), 0, name);
  await open(agent);
  await panel(agent).getByRole('tab', { name: '号码' }).click();
  await field(agent).fill('13800138001');
  await panel(agent).locator('[data-act=transferTo]').waitFor();
  assert.equal(await panel(agent).locator('[data-act=consultFirst], [data-act=blindTransfer]').count(), 0);
});

test('one question at a time is asked, and the next round when the last one is answered', async (t) => {
  const { agent, broker } = await callAtFake(t, { login: { groupIdList: ['g1', 'g2'] } });
  // The rounds come sooner, and are counted.
  await agent.page.evaluate(() => {
    window.rounds = 0;
    const real = window.setInterval;
    window.setInterval = (run, ms) => real(ms === 2000 ? () => { window.rounds += 1; run(); } : run, ms === 2000 ? 20 : ms);
  });
  const pass = async (many) => {
    const before = await agent.page.evaluate(() => window.rounds);
    await until(async () => await agent.page.evaluate(() => window.rounds) >= before + many, { what: `${many} rounds` });
  };
  const answer = (event, data) => broker.push({
    type: 'event', event, sequence: questions(broker).at(-1).sequence, companyId: 'demo', agentNumber: '1001', data,
  });
  const asked = () => questions(broker).map(({ request, groupId }) => [request, groupId]);
  const nth = (many) => until(() => questions(broker).length >= many, { what: `question ${many}` });

  await open(agent);
  await nth(1);
  await pass(10);
  assert.deepEqual(asked(), [['groupInfo', undefined]]);

  answer('GroupInfo', { groupList: [{ id: 'g9', name: '九组', type: 0 }] });
  await nth(2);
  await pass(10);
  assert.deepEqual(asked().slice(1), [['idleAgent', 'g1']]);

  answer('IdleAgent', { agentList: [{ agentId: 'a', agentNumber: '1007', agentName: '<i>赵磊</i>' }] });
  await nth(3);
  assert.deepEqual(asked().slice(2), [['idleAgent', 'g2']]);
  await shows(chosen(agent), '<i>赵磊</i>');
  answer('IdleAgent', { agentList: [{ agentId: 'a', agentNumber: '1007', agentName: '<i>赵磊</i>' }] });
  await nth(4);
  assert.deepEqual(asked()[3], ['idleAgent', 'g1']);
  assert.equal(await options(agent).count(), 1, 'who is in two groups is there once');

  await field(agent).press('Escape');
  answer('IdleAgent', { agentList: [] });
  const before = questions(broker).length;
  await agent.call('hold');
  await until(() => requests(broker).some(({ request }) => request === 'hold'), { what: 'what came later has arrived' });
  assert.equal(questions(broker).length, before, 'nobody looks any more, nothing is asked');
});

test('what a platform refuses to say is asked once, and the panel works without it', async (t) => {
  const { agent, broker } = await callAtFake(t, { refuses: (request) => ['groupInfo', 'idleAgent'].includes(request) });
  await open(agent);
  await shows(panel(agent), '名单没有刷新');
  await field(agent).press('Tab');
  await shows(chosen(agent), '一组');
  await field(agent).press('Enter');
  await until(() => requests(broker).some(({ request }) => request === 'transferCall'), { what: 'the transfer is asked for' });
  const { transferType, transferId, transferMode } = requests(broker).find(({ request }) => request === 'transferCall');
  assert.deepEqual([transferType, transferId, transferMode], [3, 'g1', 0]);
  assert.deepEqual(questions(broker).map(({ request }) => request), ['groupInfo', 'idleAgent']);
});

test('a transfer that fails says what still works, and offers somebody else', async (t) => {
  const { agent, broker } = await callAtFake(t);
  broker.tell('TransferCall', null);
  broker.tell('TransferCalling', { called: '1002' });
  await agent.chipShows('转接中');
  broker.tell('TransferCallFail', null);
  const message = agent.toolbar.getByRole('alert').filter({ hasText: '转接未完成' });
  await message.waitFor();
  await shows(message, '客户仍在线上');
  await agent.press(message.locator('[data-act=pickElse]'), () => panel(agent).isVisible());
  await message.waitFor({ state: 'detached' });
  await focused(field(agent));
});

test('Enter asks the page as the button does, and the page may give another number', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((options) => {
    window.pressed = [];
    startSdk({
      ...options,
      onBeforeDial: (number) => `0${number}`,
      actions: { consultFirst: ({ name }) => { pressed.push(name); return pressed.length > 1; } },
    });
  }, optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await open(agent);
  await field(agent).press('Shift+Tab');
  await field(agent).fill('13800138001');
  await shows(chosen(agent), '138 0013 8001');
  const asked = async () => (await agent.sent()).filter((frame) => frame.includes('"request":"consultCall"')).map((frame) => frame.match(/"consultId":"(\d*)"/)[1]);
  await field(agent).press('Enter');
  await until(async () => (await agent.page.evaluate(() => pressed)).length === 1, { what: 'the page was asked' });
  assert.deepEqual(await asked(), [], 'the page did not let it happen');
  await field(agent).press('Enter');
  await until(async () => (await asked()).length === 1, { what: 'somebody is asked' });
  assert.deepEqual(await asked(), ['013800138001']);
});
