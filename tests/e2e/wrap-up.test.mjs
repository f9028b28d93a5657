import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'c-1', callType: 'normal' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);
const wrapUp = async (agent) => (await agent.call('snapshot')).wrapUp;
const notes = (agent) => agent.page.evaluate(() => notes);
const idles = (broker) => requests(broker).filter(({ request }) => request === 'idle').length;

/** An agent who has talked and wraps up; `seconds`: until ready again, 0 = until they say so. */
async function wrapsUp(t, seconds, more) {
  const { agent, broker } = await logInAtFake(t, shared, { more });
  await agent.inFull();
  await agent.page.evaluate(() => {
    window.notes = [];
    sdk.on('Note', (note) => notes.push(JSON.parse(JSON.stringify(note))));
  });
  await agent.idle();
  broker.tell('Conversation', CALL);
  await agent.event('Conversation');
  const auto = { agentAutoIdle: seconds ? 1 : 0, agentAutoIdleTime: seconds };
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, ...auto });
  await agent.event('After');
  await act(agent, 'done').waitFor();
  return { agent, broker };
}

test('wrap-up says who it was, who hung up and what is left, and counts it down', async (t) => {
  const { agent } = await wrapsUp(t, 100);
  const party = agent.toolbar.locator('[part~=party]');
  await party.getByText('138****8000').waitFor();
  await party.getByText('客户挂断').waitFor();
  const timer = party.getByRole('timer');
  const seconds = async () => Number(await timer.textContent());
  assert.ok(await seconds() > 60, `${await seconds()} s`);
  const first = await seconds();
  await until(async () => await seconds() < first, { what: 'it counts down' });
  const [part, all] = (await party.locator('.ringt').getAttribute('stroke-dasharray')).split(' ').map(Number);
  assert.ok(part > 50 && part <= all && all === 100, `${part} of ${all}`);
});

test('wrap-up without an end of its own shows no time and nothing to put off', async (t) => {
  const { agent } = await wrapsUp(t, 0);
  assert.equal(await agent.toolbar.getByRole('timer').isVisible(), false);
  assert.equal(await act(agent, 'extend').isVisible(), false);
  assert.equal(await act(agent, 'note').isVisible(), true);
});

test('the end of wrap-up can be put off', async (t) => {
  const { agent } = await wrapsUp(t, 100);
  const { until: before } = await wrapUp(agent);
  await act(agent, 'extend').press('Enter');
  await until(async () => (await wrapUp(agent)).until === before + 30_000, { what: 'half a minute more' });
});

test('half a minute before the end of wrap-up it is said', async (t) => {
  const { agent } = await wrapsUp(t, 32);
  const region = agent.toolbar.locator('[aria-live=polite]');
  await until(async () => /^(30|2\d) 秒后自动就绪$/.test(await region.textContent()), { what: 'it is said' });
});

test('writing a note stops the clock, and the page gets it when the agent is done', async (t) => {
  const { agent, broker } = await wrapsUp(t, 100);
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  const area = pop.locator('textarea');
  await until(() => area.evaluate((one) => one.getRootNode().activeElement === one), { what: 'one can write at once' });
  await agent.page.keyboard.type('E4, filter');
  await until(async () => (await wrapUp(agent)).until === null, { what: 'the clock stands' });
  await pop.getByText('计时已暂停').waitFor();
  assert.deepEqual(await notes(agent), []);

  const before = idles(broker);
  await pop.locator('[data-act=done]').press('Enter');
  await until(() => idles(broker) > before, { what: 'ready' });
  assert.deepEqual(await notes(agent), [{ callId: 'c-1', text: 'E4, filter', tags: [] }]);
  await pop.waitFor({ state: 'detached' });
});

test('the page\'s tags are chosen over the note and go to the page with it', async (t) => {
  const { agent, broker } = await wrapsUp(t, 0, { noteTags: ['已解决', '<b>投诉', '需回访'] });
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  const tag = (name) => pop.getByRole('group', { name: '标签' }).getByRole('button', { name });
  for (const name of ['已解决', '<b>投诉', '需回访']) await tag(name).press('Enter');
  await tag('需回访').press(' ');
  assert.equal(await tag('需回访').getAttribute('aria-pressed'), 'false');
  await pop.locator('textarea').press('Escape');
  await pop.waitFor({ state: 'detached' });
  await act(agent, 'note').press('Enter');
  assert.equal(await tag('已解决').getAttribute('aria-pressed'), 'true');
  const before = idles(broker);
  await pop.locator('[data-act=done]').press('Enter');
  await until(() => idles(broker) > before, { what: 'ready' });
  assert.deepEqual(await notes(agent), [{ callId: 'c-1', text: '', tags: ['已解决', '<b>投诉'] }]);
});

test('a note has no tags where the page gives none', async (t) => {
  const { agent } = await wrapsUp(t, 0);
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  await pop.locator('textarea').waitFor();
  assert.equal(await pop.locator('[aria-pressed]').count(), 0);
});

test('a note that is closed is there again, and the clock goes on meanwhile', async (t) => {
  const { agent } = await wrapsUp(t, 100);
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  await pop.locator('textarea').pressSequentially('half');
  await until(async () => (await wrapUp(agent)).until === null, { what: 'the clock stands' });
  await pop.locator('textarea').press('Escape');
  await pop.waitFor({ state: 'detached' });
  await until(async () => (await wrapUp(agent)).until > 0, { what: 'the clock goes on' });
  assert.deepEqual(await notes(agent), []);
  await act(agent, 'note').press('Enter');
  assert.equal(await pop.locator('textarea').inputValue(), 'half');
});

test('a note that is written when wrap-up ends otherwise is not lost', async (t) => {
  const { agent, broker } = await wrapsUp(t, 0);
  await act(agent, 'note').press('Enter');
  const pop = agent.toolbar.locator('[data-pop=note]');
  await pop.locator('textarea').pressSequentially('late');
  broker.tell('Idle', { loginType: '1' });
  await agent.event('Idle', { nth: 2 });
  assert.equal(await pop.locator('textarea').inputValue(), 'late', 'what is being written stays');
  await pop.locator('[data-act=handOver]').press('Enter');
  await until(async () => (await notes(agent)).length === 1, { what: 'the page has it' });
  assert.equal((await notes(agent))[0].text, 'late');
});

test('Ctrl and Enter in a note hand it over and make the agent ready', async (t) => {
  const { agent, broker } = await wrapsUp(t, 100);
  await act(agent, 'note').press('Enter');
  const area = agent.toolbar.locator('[data-pop=note] textarea');
  await area.pressSequentially('done');
  const before = idles(broker);
  await area.press('Control+Enter');
  await until(() => idles(broker) > before, { what: 'ready' });
  assert.deepEqual((await notes(agent)).map(({ text }) => text), ['done']);
});
