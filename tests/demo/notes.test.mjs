import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { readyInDemo, rowOf, signIn } from '../lib/demo.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const NUMBER = '13800138000';

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);

/** A call that comes in, is answered, and ended by the caller; gives its id. */
async function aCall(agent, from = NUMBER, { after = '话后' } = {}) {
  const callId = await shared.sandbox.callIn({ from, agent: '1001' });
  await until(async () => (await agent.call('snapshot')).call?.since, { what: 'both talk' });
  await shared.sandbox.hangUp(callId);
  await agent.chipShows(after);
  return callId;
}

test('a note of the toolbar\'s wrap-up is kept with its call, and survives a reload and another language', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  const callId = await aCall(agent);
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  await pop.locator('textarea').fill('电池已收到，约周四上门');
  await pop.getByText('报修').click();
  await pop.locator('[data-act=done]').press('Enter');

  const shows = async (name, tag, ended) => {
    const entry = page.getByTestId('call-entry').filter({ hasText: callId });
    await entry.getByText('电池已收到，约周四上门').waitFor();
    await entry.getByText(tag, { exact: true }).waitFor();
    await entry.getByText(ended).waitFor();
    await page.getByTestId('record').getByRole('heading', { name }).waitFor();
  };
  await shows('陈思远', '报修', '对方先挂断');
  await page.reload();
  await signIn(page);
  await shows('陈思远', '报修', '对方先挂断');
  await page.getByTestId('lang').selectOption('en');
  await shows('Chen Siyuan', 'Repair', 'the other side hung up');
});

test('a note of the card is kept with the call that goes on, and one without a call by itself', async (t) => {
  const agent = await readyInDemo(t, shared, { lang: 'en' });
  const { page } = agent;
  const text = page.getByTestId('note-text');
  const callId = await shared.sandbox.callIn({ from: NUMBER, agent: '1001' });
  await page.getByRole('heading', { name: 'Note about this call' }).waitFor();
  await page.getByTestId('note-save').click();
  await page.getByTestId('note-status').getByText('The note is empty').waitFor();
  await text.fill('Wants a third sensor');
  await page.getByRole('checkbox', { name: 'Order' }).check();
  await page.getByTestId('note-save').click();
  await page.getByTestId('note-status').getByText('saved').waitFor();
  assert.equal(await text.inputValue(), '');
  const entry = page.getByTestId('call-entry').filter({ hasText: callId });
  await entry.getByText('Wants a third sensor').waitFor();
  await entry.getByText('Order', { exact: true }).waitFor();

  await rowOf(page, 'Maya Fernandes').getByRole('button').first().click();
  await page.getByRole('heading', { name: 'Add a note' }).waitFor();
  await text.fill('Prefers e-mail');
  await page.getByTestId('note-save').click();
  await page.getByTestId('activity').getByText('Prefers e-mail').waitFor();
  assert.equal(await page.getByTestId('call-entry').count(), 0);
  await shared.sandbox.hangUp(callId);
});

test('writing in the card stops the clock of the wrap-up, saving lets it go on', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  await aCall(agent);
  const wrapUp = async () => (await agent.call('snapshot')).wrapUp;
  await page.getByTestId('note-text').pressSequentially('E4');
  await until(async () => (await wrapUp())?.paused > 0, { what: 'the clock stands' });
  await page.getByTestId('note-save').click();
  await until(async () => (await wrapUp())?.paused === null, { what: 'the clock goes on' });
});

test('the calls of today say who, how long and why they ended, are filtered, and called again', async (t) => {
  const agent = await readyInDemo(t, shared, { lang: 'en' });
  const { page } = agent;
  await aCall(agent, NUMBER, { after: 'Wrap-up' });
  await agent.dial('00001017');
  await until(async () => (await agent.call('snapshot')).wrapUp?.cause === 1017, { what: 'it was busy' });

  await page.getByTestId('nav-calls').click();
  const rows = page.getByTestId('call-row');
  await until(async () => await rows.count() === 2, { what: 'both calls' });
  const texts = async () => (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  const [busy, talked] = await texts();
  assert.match(busy, /Outgoing 000\*\*\*\*1017 ?New number – not connected · busy .*1001/);
  assert.match(talked, /Incoming Chen Siyuan 00:0\d the other side hung up .*1001/);
  await page.getByRole('button', { name: 'Incoming', exact: true }).click();
  await until(async () => await rows.count() === 1, { what: 'the one that came in' });
  assert.match((await texts())[0], /Chen Siyuan/);
  await page.getByRole('button', { name: 'Missed', exact: true }).click();
  await page.getByText('There is no such call today').waitFor();
  await page.getByRole('button', { name: 'All', exact: true }).click();

  await page.getByRole('button', { name: 'Redial Chen Siyuan 138****8000' }).click();
  await until(async () => (await shared.sandbox.state()).calls[0]?.to === NUMBER, { what: 'they are called again' });
  await page.getByTestId('pop').getByText('Chen Siyuan').waitFor();
});

test('a call that nobody took is missed', async (t) => {
  // The browser phone rings until the agent answers.
  const agent = await readyInDemo(t, shared, { phone: '3' });
  const { page } = agent;
  const callId = await shared.sandbox.callIn({ from: '15400000109', agent: '1001' });
  await page.getByTestId('pop').getByText('韩冬').waitFor();
  await agent.toolbar.locator('[part~=answer]').first().waitFor();
  await shared.sandbox.hangUp(callId);
  await agent.chipShows('话后');
  await page.getByTestId('nav-calls').click();
  const row = page.getByTestId('call-row').filter({ hasText: '韩冬' });
  await row.getByText('未接', { exact: true }).waitFor();
});

test('what one tab keeps, another shows at once', async (t) => {
  const agent = await readyInDemo(t, shared);
  const profile = agent.page.context();
  const other = await readyInDemo(t, shared, { number: '1002', profile });
  await aCall(agent, '15400000102');
  await rowOf(other.page, '林可欣').getByRole('button').first().click();
  await other.page.getByTestId('call-entry').getByText('座席 1001').waitFor();
});
