import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const WIDTHS = [320, 480, 640, 800, 1000, 1300];

async function inCall(t) {
  const { agent, broker } = await logInAtFake(t, shared);
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  await agent.chipShows('通话中');
  return { agent, broker };
}

/** The page is as wide as the toolbar. */
async function narrow(agent, width) {
  await agent.page.evaluate(() => { document.body.style.margin = 0; });
  await agent.page.setViewportSize({ width, height: 600 });
}

const menu = (agent) => agent.toolbar.getByRole('menu', { name: '更多' });

async function open(agent) {
  await agent.press(agent.toolbar.locator('[data-act=more]'), () => menu(agent).isVisible());
}

/** Names of the bar's acts in its order: those that have no room, and those that have some. */
const acts = (agent) => agent.page.evaluate(() => {
  const bar = document.querySelector('agent-toolbar').shadowRoot.querySelector('[part=bar]');
  const all = [...bar.querySelectorAll('[data-act]')].filter((one) => !one.closest('.pop, [hidden]'));
  const names = (found) => [...new Set(found.map((one) => one.dataset.act))];
  const shown = names(all.filter((one) => one.getClientRects().length > 0));
  return { shown, folded: names(all).filter((name) => !shown.includes(name)) };
});
const listed = (agent) => menu(agent).locator('[role=menuitem]').evaluateAll((items) => items.map((item) => item.dataset.act));

for (const width of WIDTHS) {
  test(`what has no room at ${width} px is found in the menu, in the bar's order`, async (t) => {
    const { agent } = await inCall(t);
    await narrow(agent, width);
    await open(agent);
    const { shown, folded } = await acts(agent);
    assert.deepEqual((await listed(agent)).slice(0, folded.length), folded);
    const plain = await menu(agent).locator('[role=menuitem]:not(:has(svg, .bars))').allTextContents();
    assert.deepEqual(plain, [], 'each has a sign');
    for (const act of ['state', 'hangUp', 'more']) assert.ok(shown.includes(act), `${act} has room`);
  });
}

for (const lang of ['zh-CN', 'en']) {
  test(`the link takes as much room in the menu of a narrow bar as any other line, in ${lang}`, async (t) => {
    const { agent } = await logInAtFake(t, shared, { more: { lang } });
    await agent.idle();
    await narrow(agent, 320);
    const list = agent.toolbar.locator('[role=menu]');
    await agent.press(agent.toolbar.locator('[data-act=more]'), () => list.isVisible());
    const heights = await list.locator('[role=menuitem]').evaluateAll((items) => items.map((item) => [item.dataset.act, item.offsetHeight]));
    assert.equal(heights[0][0], 'link');
    assert.equal(new Set(heights.map(([, height]) => height)).size, 1, JSON.stringify(heights));
  });
}

test('more has no room in a narrower bar, and all has in a wide one', async (t) => {
  const { agent } = await inCall(t);
  await agent.inFull();
  const counts = [];
  for (const width of [...WIDTHS, 1680]) {
    await narrow(agent, width);
    counts.push((await acts(agent)).folded.length);
  }
  assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
  assert.ok(counts[0] > 0);
  assert.equal(counts.at(-1), 0);
});

test('an item of the menu opens what its control opens', async (t) => {
  const { agent } = await inCall(t);
  await narrow(agent, 480);
  await open(agent);
  await menu(agent).locator('[data-act=link]').click();
  await agent.toolbar.getByRole('dialog', { name: '连接与设备' }).waitFor();
  assert.equal(await menu(agent).count(), 0);
  const { x, width } = await agent.toolbar.getByRole('dialog').boundingBox();
  assert.ok(x >= 0 && x + width <= 480, 'it stands inside the window');
});

test('the menu shows the shortcut of what is in it, which works from the bar all the same', async (t) => {
  const { agent } = await inCall(t);
  await narrow(agent, 480);
  await open(agent);
  assert.equal(await menu(agent).locator('[data-act=link] kbd').textContent(), 'D');
  await agent.page.keyboard.press('Escape');
  await agent.chip.focus();
  await agent.page.keyboard.press('d');
  await agent.toolbar.getByRole('dialog', { name: '连接与设备' }).waitFor();
});

test('the menu closes when the controls of the bar change', async (t) => {
  const { agent, broker } = await inCall(t);
  await open(agent);
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await agent.chipShows('话后');
  await until(async () => await menu(agent).count() === 0, { what: 'the menu is closed' });
});

test('while a call rings the menu offers no states: there are none to choose', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await narrow(agent, 320);
  broker.tell('AgentRinging', CALL);
  await agent.toolbar.locator('[part~=reject]').waitFor();
  await open(agent);
  const items = await listed(agent);
  assert.ok(items.includes('settings'));
  assert.ok(!items.includes('state'));
});

test('an agent signs out from the menu, and not out of a call', async (t) => {
  const { agent, broker } = await inCall(t);
  await open(agent);
  assert.ok(!(await listed(agent)).includes('signOut'));
  await agent.page.keyboard.press('Escape');
  broker.tell('After', { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await agent.chipShows('话后');
  await open(agent);
  await menu(agent).locator('[data-act=signOut]').click();
  await agent.event('Logout');
  assert.equal(requests(broker).filter(({ request }) => request === 'logout').length, 1);
});

/** So many callers wait in the agent's group, the first of them since so many seconds. */
function wait(broker, waiting, seconds) {
  const data = [{ groupID: 'g1', inQueueTime: Date.now() - 1000 * seconds }];
  broker.push({ type: 'event', event: 'QueueInfo', eventTime: Date.now(), sequence: 0, groupID: 'g1', groupWaitNumber: waiting, data });
}

test('how many callers wait is shown as soon as it is known, with a sign from the limit on, and by group', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { more: { queueLimits: { g1: 3 } } });
  const counter = agent.toolbar.locator('[data-act=queue]');
  assert.equal(await counter.isVisible(), false, 'nobody knows yet');
  wait(broker, 2, 10);
  await agent.toolbar.getByRole('button', { name: '排队人数: 2', exact: true }).waitFor();
  wait(broker, 3, 38);
  await agent.toolbar.getByRole('button', { name: '排队人数: 3, 超过上限', exact: true }).waitFor();
  await agent.toolbar.locator('[aria-live=polite]').getByText('排队人数: 超过上限').waitFor({ state: 'attached' });

  const queue = agent.toolbar.getByRole('dialog', { name: '排队人数' });
  await agent.press(counter, () => queue.isVisible());
  const rows = queue.locator('.li');
  await until(async () => /一组.*3.*\d\d:\d\d/s.test(await rows.innerText()), { what: 'the group with its callers and their wait' });
  wait(broker, 0, 0);
  await until(async () => /一组\s*0$/.test((await rows.innerText()).trim()), { what: 'nobody waits any more' });
  await agent.page.keyboard.press('Escape');
  assert.equal(await queue.count(), 0);
});

test('an item of the menu shows a figure once, at its end, and its name says it', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  wait(broker, 2, 10);
  await agent.toolbar.getByRole('button', { name: '排队人数: 2', exact: true }).waitFor();
  await narrow(agent, 480);
  await open(agent);
  const item = menu(agent).getByRole('menuitem', { name: '排队人数: 2', exact: true });
  assert.deepEqual(await item.locator('> span').allTextContents(), ['排队人数', '2']);
});

test('the link says in a word how good it is, and in its popover since when it is up', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  const link = agent.toolbar.locator('[data-act=link]');
  await agent.toolbar.getByRole('button', { name: '连接良好' }).waitFor();
  const facts = agent.toolbar.getByRole('dialog', { name: '连接与设备' });
  await agent.press(link, () => facts.isVisible());
  await until(async () => /已连接\s*\d\d:\d\d/.test(await facts.innerText()), { what: 'how long it is up' });
  assert.doesNotMatch(await facts.innerText(), /下次重试/);
  await broker.stop();
  await agent.toolbar.getByRole('button', { name: '没有连接' }).waitFor();
  await until(async () => /下次重试\s*\d+ s/.test(await facts.innerText()), { what: 'when the next try is' });
});
