import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { openDrawer, readyInDemo, stateOf } from '../lib/demo.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** An agent who is ready, with the presenter's drawer open. */
async function presenting(t, more) {
  const agent = await readyInDemo(t, shared, more);
  await openDrawer(agent.page);
  return agent;
}

const calls = async () => (await shared.sandbox.state()).calls;

test('the presenter has a customer call a group, press keys and hang up', async (t) => {
  const agent = await presenting(t);
  const { page } = agent;
  const status = page.getByTestId('sandbox-status');
  await page.getByTestId('sandbox-who').selectOption({ label: 'Amelia Hart 447****0114' });
  assert.equal(await page.getByTestId('sandbox-from').inputValue(), '447700900114');
  await page.getByTestId('sandbox-to').selectOption('g-sales');
  await page.getByTestId('sandbox-tone').selectOption('880');
  assert.equal(await page.getByTestId('sandbox-hangup').isDisabled(), true);
  await page.getByTestId('sandbox-ring').click();
  await status.getByText('447****0114 正在呼入').waitFor();
  await page.getByTestId('pop').getByText('Amelia Hart').waitFor();
  await agent.chipShows('通话中');
  assert.equal((await calls())[0].from, '447700900114');

  await page.getByTestId('sandbox-keys').fill('12#');
  await page.getByRole('button', { name: '按下' }).click();
  await status.getByText('对方按了 12#').waitFor();
  await page.getByTestId('sandbox-hangup').click();
  await agent.chipShows('话后');
  await page.getByTestId('events').getByText('After 447****0114').waitFor();
});

test('the presenter has somebody call whom nobody knows', async (t) => {
  const { page } = await presenting(t, { lang: 'en' });
  await page.getByTestId('sandbox-who').selectOption({ label: 'A number nobody knows' });
  await page.getByTestId('sandbox-ring').click();
  await page.getByTestId('new-customer').waitFor();
});

test('the presenter drops the link, and the toolbar comes back by itself', async (t) => {
  const agent = await presenting(t);
  const { page } = agent;
  const before = (await agent.sockets()).length;
  await page.getByTestId('sandbox-drop').click();
  await page.getByTestId('sandbox-status').getByText('已开始：断开连接').waitFor();
  await page.getByTestId('events').getByText('Close').waitFor();
  await page.getByTestId('events').getByText('Reconnect').waitFor();
  assert.ok((await agent.sockets()).length > before);
  await until(() => page.evaluate(() => sdk.isLogin()), { what: 'signed in again' });
});

test('the presenter locks and unlocks the agent, and takes the phone away', async (t) => {
  const agent = await presenting(t);
  const { page } = agent;
  await page.getByTestId('sandbox-lock').click();
  await until(async () => (await agent.call('snapshot')).agent.situation === 'locked', { what: 'the agent is locked' });
  await page.getByTestId('sandbox-unlock').click();
  await until(async () => (await agent.call('snapshot')).agent.situation !== 'locked', { what: 'the agent is unlocked' });
  await page.getByTestId('sandbox-phone').click();
  // Without a phone the platform signs the agent out, and the form says so.
  await page.getByTestId('signin-error').getByText('已退出登录').waitFor();
});

test('what the sandbox does not accept is told with its reason', async (t) => {
  const { page } = await presenting(t, { lang: 'en' });
  await page.getByTestId('sandbox-ring').click();
  await page.getByTestId('pop').waitFor();
  const [{ callId }] = await calls();
  await shared.sandbox.hangUp(callId);
  await page.getByTestId('pop').waitFor({ state: 'detached' });
  await page.getByTestId('sandbox-hangup').click();
  await page.getByTestId('sandbox-status').getByText(/did not accept it \(HTTP 404\)\. \S/).waitFor();
});

test('a colleague signs in on another tab, with no password in its address', async (t) => {
  const agent = await presenting(t);
  const [tab] = await Promise.all([
    agent.page.context().waitForEvent('page'),
    agent.page.getByTestId('sandbox-colleague').filter({ hasText: '1002' }).click(),
  ]);
  await tab.getByTestId('signin-submit').waitFor();
  assert.equal(new URL(tab.url()).search, '?agent=1002');
  // The form stands there before the script that fills it has run.
  await until(async () => await tab.getByTestId('signin-agent').inputValue() === '1002', { what: 'the form is for the colleague' });
  await tab.getByTestId('signin-submit').click();
  await tab.getByTestId('agent').getByText('1002').waitFor();
  assert.ok(await stateOf(shared, '1002'));
  assert.equal(await stateOf(shared, '1001'), 'Idle', 'who was there stays');
});

test('the demo\'s data are as at the start again when the presenter wants', async (t) => {
  const agent = await presenting(t);
  const { page } = agent;
  await page.getByTestId('note-text').fill('不再需要');
  await page.getByTestId('note-save').click();
  await page.getByTestId('activity').getByText('不再需要').waitFor();
  await page.getByTestId('sandbox-anew').click();
  await page.getByTestId('activity').getByText('不再需要').waitFor({ state: 'detached' });
});
