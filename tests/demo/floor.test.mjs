import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { inDemo, makeReady, readyInDemo } from '../lib/demo.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

test('a supervisor sees in the page what an agent does, as it changes', async (t) => {
  const agent = await inDemo(t, shared, { number: '1002' });
  const supervisor = await inDemo(t, shared, { number: '1000', lang: 'en', hash: '#floor' });
  const wall = supervisor.page.getByTestId('floor-wall').locator('agent-toolbar-wall');
  const row = wall.locator('.scroller [role=row]:visible').filter({ hasText: '1002' });
  await row.waitFor();
  await makeReady(shared, agent, '1002');
  await row.getByText('Ready').waitFor();
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1002' });
  await row.getByText('In call').waitFor();
  await row.getByText('138****8000').waitFor();
  await shared.sandbox.hangUp(callId);
  await row.getByText('Wrap-up').waitFor();
});

test('the wall can be closed and shown again, asks nobody while another view is there, and speaks the page\'s language', async (t) => {
  const supervisor = await inDemo(t, shared, { number: '1000', hash: '#floor' });
  const { page } = supervisor;
  const wall = page.getByTestId('floor-wall').locator('agent-toolbar-wall');
  await wall.getByText('班长墙').waitFor();
  await page.getByTestId('lang').selectOption('en');
  await wall.getByText('Supervisor wall').waitFor();
  await supervisor.press(wall.getByRole('button', { name: 'Close' }), async () => await wall.count() === 0);
  await page.getByTestId('floor-open').click();
  await wall.waitFor();
  await page.getByTestId('nav-calls').click();
  await wall.waitFor({ state: 'detached' });
  await page.goBack();
  await wall.waitFor();
});

test('callers who wait are counted, and the calls of the day', async (t) => {
  const agent = await readyInDemo(t, shared, { number: '1001' });
  const { page } = await inDemo(t, shared, { number: '1000', hash: '#floor', profile: agent.page.context() });
  const value = async (test) => (await page.getByTestId(test).innerText()).replace(/\s+/g, ' ');
  assert.equal(await value('waiting'), '正在排队 0');
  // The agent gets the first, the others wait.
  const callId = await shared.sandbox.callIn({ from: '13800138000', group: 'g-sales' });
  await agent.chipShows('通话中');
  await shared.sandbox.callIn({ from: '15400000102', group: 'g-sales' });
  await shared.sandbox.callIn({ from: '15400000103', group: 'g-sales' });
  await until(async () => /^正在排队 2 销售组 2/.test(await value('waiting')), { what: 'two wait' });
  await shared.sandbox.hangUp(callId);
  await until(async () => await value('answered') === '今日接通 1', { what: 'a call was answered' });
});

test('the floor is for supervisors, and says so to others', async (t) => {
  const { page } = await inDemo(t, shared, { hash: '#floor' });
  await page.getByTestId('floor-refused').getByText('用 1000 登录').waitFor();
  assert.equal(await page.locator('agent-toolbar-wall').count(), 0);
});
