import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const OTHER = '057188886210';

const panel = (agent) => agent.toolbar.locator('[data-pop=dial]');
const opener = (agent) => agent.toolbar.locator('[part~=dial-field] [data-act=dial][aria-expanded]');
const field = (agent) => panel(agent).locator('input[role=combobox]');
const rows = (agent) => panel(agent).getByRole('option');
const chosen = (agent) => panel(agent).locator('[role=option][aria-selected=true]');
const polite = (agent) => agent.toolbar.locator('[aria-live=polite]');
const kind = (agent, name) => panel(agent).getByRole('radio', { name });
const star = (agent) => panel(agent).locator('[data-act=favourite]');
const focused = (locator) => until(() => locator.evaluate((one) => one.getRootNode().activeElement === one), { what: `${locator} has the focus` });
const says = (locator, text) => until(async () => (await locator.allTextContents()).join(' ').includes(text), { what: `it says ${text}` });

const calls = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"makeCall"'))
  .map((frame) => JSON.parse(frame.slice(frame.indexOf('\n\n'))))
  .map(({ called, calledType, caller }) => ({ called, calledType, caller }));

/** What a page has kept: two calls of today, one of long ago. */
const KEPT = `{
  calls: [
    { at: Date.now(), id: 'c3', number: '${CUSTOMER}', direction: 'inbound', answered: true, talked: 5000, group: '' },
    { at: Date.now(), id: 'c2', number: '${CUSTOMER}', direction: 'outbound', answered: true, talked: 5000, group: '' },
    { at: 1700000000000, id: 'c1', number: '${OTHER}', direction: 'inbound', answered: false, talked: null, group: '' },
  ],
  favourites: [],
}`;

/** An agent who is ready; `more` is the source of further options, which may be functions. */
async function ready(t, more = '{}') {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(([options, source]) => {
    window.asked = [];
    window.saved = [];
    startSdk({ ...options, ...new Function(`return (${source})`)() });
  }, [optionsFor(shared.sandbox), more]);
  await agent.event('Login');
  await agent.idle();
  return agent;
}

const withCalls = (more = '') => `{ history: { load: () => (${KEPT}), save: (all) => saved.push(JSON.parse(JSON.stringify(all))) }, ${more} }`;

async function open(agent) {
  await agent.press(opener(agent), () => panel(agent).isVisible());
  await focused(field(agent));
}

test('the down key in the bar opens the numbers of the last calls, each once and hidden, and says how many', async (t) => {
  const agent = await ready(t, withCalls());
  await agent.dialField.press('ArrowDown');
  await focused(field(agent));
  assert.equal(await rows(agent).count(), 2);
  await says(rows(agent).nth(0), '138****8000');
  assert.match(await rows(agent).nth(0).locator('.when').textContent(), /^\d\d:\d\d$/);
  await says(rows(agent).nth(1), '未接');
  assert.match(await rows(agent).nth(1).locator('.when').textContent(), /^\d\d-\d\d$/);
  assert.doesNotMatch(await panel(agent).innerHTML(), new RegExp(`${CUSTOMER}|${OTHER}`));
  await says(polite(agent), '2 个最近号码');
  assert.equal(await chosen(agent).count(), 0, 'nothing is chosen by itself');
});

test('a number of the list is chosen with the arrow keys and called whole by Enter', async (t) => {
  const agent = await ready(t, withCalls());
  await open(agent);
  await field(agent).press('ArrowDown');
  await field(agent).press('ArrowDown');
  await says(chosen(agent), '057****6210');
  assert.equal(await field(agent).getAttribute('aria-activedescendant'), await chosen(agent).getAttribute('id'));
  await field(agent).press('Enter');
  await agent.event('MakeCall');
  assert.deepEqual((await calls(agent)).map(({ called, calledType }) => [called, calledType]), [[OTHER, 2]]);
  await panel(agent).waitFor({ state: 'detached' });
});

test('a number that nobody answered is there to be called again', async (t) => {
  const agent = await ready(t);
  await agent.dial(CUSTOMER);
  await agent.event('AgentRinging');
  await agent.call('hangup');
  await agent.event('After');
  await agent.idle();
  await open(agent);
  await says(rows(agent), '138****8000');
});

test('what is typed counts, not what was chosen before', async (t) => {
  const agent = await ready(t, withCalls());
  await open(agent);
  await field(agent).press('ArrowDown');
  await until(async () => await chosen(agent).count() === 1, { what: 'one is chosen' });
  await field(agent).pressSequentially('13900139000');
  assert.equal(await field(agent).inputValue(), '139 0013 9000');
  assert.equal(await chosen(agent).count(), 0);
  await field(agent).press('Enter');
  await agent.event('MakeCall');
  assert.deepEqual((await calls(agent)).map(({ called }) => called), ['13900139000']);
});

test('Enter without a number calls nobody', async (t) => {
  const agent = await ready(t, withCalls());
  await open(agent);
  await field(agent).press('Enter');
  await says(agent.message, '还没有');
  assert.deepEqual(await calls(agent), []);
});

test('a number is pasted out of whatever stands round it', async (t) => {
  const agent = await ready(t);
  await agent.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(agent);
  await agent.page.evaluate(() => navigator.clipboard.writeText('电话：（138）0013-8000 ，王先生'));
  await panel(agent).locator('[data-act=paste]').click();
  await until(async () => await field(agent).inputValue() === '138 0013 8000', { what: 'the number alone' });
  await focused(field(agent));
  assert.equal(await agent.dialField.inputValue(), '138 0013 8000', 'the bar has it, too');
  await panel(agent).locator('[data-act=clear]').click();
  assert.equal(await field(agent).inputValue() + await agent.dialField.inputValue(), '');
});

test('where the browser does not let it paste, it says how to', async (t) => {
  const agent = await ready(t);
  await agent.page.evaluate(() => { navigator.clipboard.readText = () => Promise.reject(new DOMException('', 'NotAllowedError')); });
  await open(agent);
  await panel(agent).locator('[data-act=paste]').click();
  await says(panel(agent).getByRole('status'), 'Ctrl+V');
  await focused(field(agent));
  await field(agent).fill('1');
  await until(async () => !(await panel(agent).getByRole('status').textContent()).includes('Ctrl+V'), { what: 'it is no longer said' });
});

test('what the page knows of the number is shown under it, with the calls of today', async (t) => {
  const agent = await ready(t, withCalls(`describeNumber: (number) => {
    asked.push(number);
    return { name: '李敏', place: '上海 移动', tags: ['<b>VIP'], note: '要求回访' };
  }`));
  await open(agent);
  await field(agent).fill(CUSTOMER);
  const status = panel(agent).getByRole('status');
  for (const text of ['李敏', '上海 移动', '<b>VIP', '要求回访', '今日通话 2 次']) await says(status, text);
  assert.deepEqual(await agent.page.evaluate(() => asked), [CUSTOMER]);
  await field(agent).fill('');
  await until(async () => await status.textContent() === '', { what: 'nothing is known of no number' });
});

test('a starred number comes first, is kept by the page, and is no longer when its star is pressed again', async (t) => {
  const agent = await ready(t, withCalls());
  await open(agent);
  await field(agent).press('ArrowDown');
  await field(agent).press('ArrowDown');
  await star(agent).press('Enter');
  await until(async () => (await rows(agent).first().textContent()).includes('057****6210'), { what: 'it is the first' });
  const saved = () => agent.page.evaluate(() => window.saved.at(-1).favourites);
  assert.deepEqual(await saved(), [{ number: OTHER, name: '', type: 2 }]);
  await focused(star(agent));
  assert.equal(await star(agent).getAttribute('aria-pressed'), 'true');
  await star(agent).press('Enter');
  await until(async () => (await saved()).length === 0, { what: 'it is none any more' });
  assert.match(await rows(agent).last().textContent(), /057/);
});

test('favourites are the tab\'s where the page keeps none, and no number is in the browser', async (t) => {
  const agent = await ready(t);
  await open(agent);
  await field(agent).fill(CUSTOMER);
  await star(agent).press('Enter');
  await says(rows(agent), '138****8000');
  await agent.page.keyboard.press('Escape');
  await panel(agent).waitFor({ state: 'detached' });
  await open(agent);
  assert.equal(await rows(agent).count(), 1);
  const [tab, browser] = await agent.page.evaluate(() => [sessionStorage, localStorage].map((one) => JSON.stringify(one)));
  assert.match(tab, new RegExp(CUSTOMER));
  assert.doesNotMatch(browser, new RegExp(CUSTOMER));
});

test('nothing can be starred where the page has switched off that numbers are kept', async (t) => {
  const agent = await ready(t, '{ features: { history: false } }');
  await open(agent);
  await field(agent).fill(CUSTOMER);
  assert.equal(await star(agent).count(), 0);
});

test('a ready colleague is found by name, called as an agent, and stands among the last numbers by name', async (t) => {
  const colleague = await logIn(t, shared, { more: { agentNumber: '1002' } });
  await colleague.idle();
  const agent = await ready(t, '{ onBeforeDial: (number, { type }) => { asked.push([number, type]); } }');
  await open(agent);
  await kind(agent, '座席').click();
  await focused(field(agent));
  await says(chosen(agent), '陈浩');
  await field(agent).fill('陈');
  await says(polite(agent), '找到 1 个');
  await field(agent).press('Enter');
  await agent.event('MakeCall');
  assert.deepEqual((await calls(agent)).map(({ called, calledType }) => [called, calledType]), [['1002', 1]]);
  assert.deepEqual(await agent.page.evaluate(() => asked), [['1002', 1]]);
  await agent.event('AgentOriginate');
  await agent.call('hangup');
  await agent.event('After');
  await agent.idle();
  await open(agent);
  await says(rows(agent), '陈浩');
  await field(agent).press('ArrowDown');
  await field(agent).press('Enter');
  await until(async () => (await calls(agent)).length === 2, { what: 'called again' });
  assert.deepEqual((await calls(agent))[1], { called: '1002', calledType: 1, caller: undefined });
});

test('who is ready is asked for as long as the list is shown, and no longer', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  const questions = () => requests(broker).filter(({ request }) => request === 'idleAgent');
  // The rounds come sooner.
  await agent.page.evaluate(() => {
    const real = window.setInterval;
    window.setInterval = (run, ms) => real(run, ms === 2000 ? 20 : ms);
  });
  await open(agent);
  await kind(agent, '座席').click();
  for (const many of [1, 2, 3]) {
    await until(() => questions().length === many, { what: `question ${many}` });
    broker.push({ type: 'event', event: 'IdleAgent', sequence: questions().at(-1).sequence, companyId: 'demo', agentNumber: '1001', data: { agentList: [] } });
  }
  await kind(agent, '外线').click();
  await focused(field(agent));
  await agent.call('busy');
  await until(() => requests(broker).some(({ request }) => request === 'busy'), { what: 'what came later has arrived' });
  const asked = questions().length;
  broker.push({ type: 'event', event: 'IdleAgent', sequence: questions().at(-1).sequence, companyId: 'demo', agentNumber: '1001', data: { agentList: [] } });
  await agent.call('idle');
  await until(() => requests(broker).filter(({ request }) => request === 'idle').length === 2, { what: 'what came after that answer, too' });
  assert.equal(questions().length, asked, 'nobody looks any more, nothing is asked');
});

test('an agent who is not ready is called by number; the keys of the pad type it', async (t) => {
  const agent = await ready(t);
  await open(agent);
  await kind(agent, '外线').press('ArrowRight');
  await focused(field(agent));
  for (const key of ['1', '0', '0', '3']) await panel(agent).locator(`[data-key="${key}"]`).click();
  await says(chosen(agent), '1003');
  assert.equal(await field(agent).inputValue(), '1003');
  await panel(agent).locator('[data-act=call]').click();
  await until(async () => (await calls(agent)).length === 1, { what: 'called' });
  assert.deepEqual(await calls(agent), [{ called: '1003', calledType: 1, caller: undefined }]);
});

test('a press that does not bring the focus along changes to the colleagues, too', async (t) => {
  const agent = await ready(t);
  await open(agent);
  await kind(agent, '座席').evaluate((one) => one.click());
  await until(async () => await kind(agent, '座席').getAttribute('aria-checked') === 'true', { what: 'colleagues are shown' });
  await focused(field(agent));
});

test('Tab leaves the list of colleagues', async (t) => {
  const agent = await ready(t);
  await open(agent);
  await kind(agent, '座席').click();
  await focused(field(agent));
  await agent.page.keyboard.press('Tab');
  await focused(panel(agent).locator('[data-key="1"]'));
});

test('the number to call from is one of the page\'s, and stays chosen', async (t) => {
  const agent = await ready(t, `{ callerIds: ['02161001234', { number: '02161005678', name: '售后' }] }`);
  await open(agent);
  const from = panel(agent).getByRole('combobox', { name: '主叫' });
  assert.deepEqual(await from.locator('option').evaluateAll((all) => all.map((one) => one.text)), ['自动', '021****1234', '售后 021****5678']);
  await from.selectOption('02161005678');
  await agent.page.keyboard.press('Escape');
  await panel(agent).waitFor({ state: 'detached' });
  await open(agent);
  assert.equal(await from.inputValue(), '02161005678');
  await field(agent).fill(CUSTOMER);
  await field(agent).press('Enter');
  await agent.event('MakeCall');
  assert.deepEqual(await calls(agent), [{ called: CUSTOMER, calledType: 2, caller: '02161005678' }]);
  assert.doesNotMatch(await agent.page.evaluate(() => JSON.stringify(localStorage)), /02161005678/);
});

test('the field in the bar calls from the number that was chosen, until the page takes that back', async (t) => {
  const agent = await ready(t, `{ callerIds: window.given = ['02161001234', '02161005678'] }`);
  await open(agent);
  await panel(agent).getByRole('combobox', { name: '主叫' }).selectOption('02161005678');
  await agent.page.keyboard.press('Escape');
  await panel(agent).waitFor({ state: 'detached' });
  for (const nth of [1, 2]) {
    await agent.dial(CUSTOMER);
    await agent.event('AgentOriginate', { nth });
    await agent.call('hangup');
    await agent.event('After', { nth });
    await agent.idle();
    await agent.page.evaluate(() => given.pop());
  }
  assert.deepEqual(await calls(agent), [
    { called: CUSTOMER, calledType: 2, caller: '02161005678' }, { called: CUSTOMER, calledType: 2, caller: undefined },
  ]);
});

test('without numbers to call from none is offered, and none goes along', async (t) => {
  const agent = await ready(t);
  await open(agent);
  assert.equal(await panel(agent).locator('select').count(), 0);
  await field(agent).fill(CUSTOMER);
  await field(agent).press('Enter');
  await agent.event('MakeCall');
  assert.deepEqual(await calls(agent), [{ called: CUSTOMER, calledType: 2, caller: undefined }]);
});
