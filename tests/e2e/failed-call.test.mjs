import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
/** Whom the sandbox finds busy. */
const BUSY = '00001017';
const CALL = { callDirection: 2, caller: '1001', called: CUSTOMER, occCallId: 'c-1', callType: 'normal' };

const failed = (agent) => agent.toolbar.getByRole('alert').filter({ has: agent.page.locator('[data-act=callAgain]') });
const panel = (agent) => agent.toolbar.locator('[data-pop=dial]');
const opener = (agent) => agent.toolbar.locator('[part~=dial-field] [data-act=dial][aria-expanded]');

const calls = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"makeCall"'))
  .map((frame) => JSON.parse(frame.slice(frame.indexOf('\n\n'))))
  .map(({ called, calledType, caller }) => ({ called, calledType, caller }));

/** An agent at the sandbox who calls from a number of the page's; `more` is the source of further options. */
async function ready(t, more = '') {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(([options, source]) => {
    window.asked = [];
    startSdk({ ...options, ...new Function(`return (${source})`)() });
  }, [optionsFor(shared.sandbox), `{ callerIds: ['02161001234', '02161005678'], ${more} }`]);
  await agent.event('Login');
  await agent.idle();
  await agent.press(opener(agent), () => panel(agent).isVisible());
  await panel(agent).getByRole('combobox', { name: '主叫' }).selectOption('02161005678');
  await agent.page.keyboard.press('Escape');
  await panel(agent).waitFor({ state: 'detached' });
  return agent;
}

/** As `logInAtFake`; what tells of a failed call is there. */
async function atFake(t, where) {
  const office = await logInAtFake(t, shared, where);
  await office.agent.inFull();
  return office;
}

/** An agent at a fake broker, whose own phone takes no call. */
const withoutPhone = (t, cause, more) => atFake(t, {
  more,
  says: { events: { makeCall: () => [['MakeCall', null], ['MakeCallFail', cause], ['Idle', { loginType: '1' }]] } },
});

test('a line that is busy is said in words, and the same call is placed once more at a press', async (t) => {
  const agent = await ready(t, 'onBeforeDial: (number, { type }) => { asked.push([number, type]); }');
  await agent.dial(BUSY);
  await agent.event('After');
  await failed(agent).getByText('对方正忙').waitFor();
  await failed(agent).getByText('00****17 在最近记录里').waitFor();
  await agent.page.setViewportSize({ width: 360, height: 600 });
  const label = await failed(agent).locator('[data-act=callAgain] > span').boundingBox();
  assert.ok(label.width > 20, `there is room for the word of the button: ${JSON.stringify(label)}`);
  // Looked at as it is heard: the second try fails within a second.
  await agent.page.evaluate(() => {
    window.offered = [];
    const { shadowRoot } = document.querySelector('agent-toolbar');
    sdk.on('AgentOriginate', () => queueMicrotask(() => offered.push(shadowRoot.querySelector('[data-act=callAgain]') !== null)));
  });
  await agent.press(failed(agent).locator('[data-act=callAgain]'), async () => (await calls(agent)).length === 2);
  const call = { called: BUSY, calledType: 2, caller: '02161005678' };
  assert.deepEqual(await calls(agent), [call, call]);
  assert.deepEqual(await agent.page.evaluate(() => asked), [[BUSY, 2], [BUSY, 2]], 'the page is asked each time');
  await agent.event('After', { nth: 2 });
  assert.deepEqual(await agent.page.evaluate(() => offered), [false], 'it is gone while the call is tried');
  await failed(agent).waitFor();
});

test('the page may stop the second try, and changes no number that it has changed already', async (t) => {
  const agent = await ready(t, 'onBeforeDial: (number) => (asked.push(number) < 3 ? `0${number}` : false)');
  await agent.dial(BUSY.slice(1));
  await agent.event('After');
  await agent.press(failed(agent).locator('[data-act=callAgain]'), async () => (await calls(agent)).length === 2);
  await agent.event('After', { nth: 2 });
  await agent.press(failed(agent).locator('[data-act=callAgain]'), () => agent.page.evaluate(() => asked.length === 3));
  await agent.idle();
  assert.deepEqual((await calls(agent)).map(({ called }) => called), [BUSY, BUSY]);
});

test('a call that the own phone did not take is told until it is closed, and its number is among the last ones', async (t) => {
  const { agent } = await withoutPhone(t, { cause: '久叫不应' }, { lang: 'en' });
  await agent.idle();
  await agent.dial(CUSTOMER);
  await agent.event('MakeCallFail');
  await failed(agent).getByText('Rang for a long time without answer').waitFor();
  await failed(agent).getByText('138****8000 is kept in recents.').waitFor();
  assert.ok(await agent.dialField.isVisible(), 'another number can be dialled');
  await agent.press(failed(agent).locator('[data-act=closeToast]'), async () => await failed(agent).count() === 0);
  await agent.press(opener(agent), () => panel(agent).isVisible());
  await panel(agent).getByRole('option').filter({ hasText: '138****8000' }).waitFor();
});

test('the page says in its own words why a call failed', async (t) => {
  const { agent } = await withoutPhone(t, { cause: '久叫不应' }, { lang: 'en', texts: { en: { 'causes.1019': 'No one at home' } } });
  await agent.idle();
  await agent.dial(CUSTOMER);
  await failed(agent).getByText('No one at home').waitFor();
});

test('a cause that is in no table is told as the platform says it, and one that is missing as a call that failed', async (t) => {
  const causes = [{ cause: '<b>线路 7 故障' }, null];
  const { agent } = await atFake(t, {
    more: { features: { history: false } },
    says: { events: { makeCall: () => [['MakeCall', null], ['MakeCallFail', causes.shift()], ['Idle', { loginType: '1' }]] } },
  });
  await agent.idle();
  await agent.dial(CUSTOMER);
  await failed(agent).getByText('<b>线路 7 故障').waitFor();
  await failed(agent).getByText('可以稍后再拨 138****8000。').waitFor();
  await agent.press(failed(agent).locator('[data-act=callAgain]'), () => causes.length === 0);
  await failed(agent).getByText('呼叫失败').waitFor();
});

test('a call that the agent ends, one that was answered and one that somebody else placed offer nothing', async (t) => {
  const { agent, broker } = await atFake(t, { says: { events: { makeCall: () => [['MakeCall', null], ['AgentOriginate', CALL]] } } });
  const over = (cause, hangupDirection) => {
    broker.tell('After', { ...CALL, cause, hangupDirection, agentAutoIdle: 0, agentAutoIdleTime: 0 });
    broker.tell('Idle', { loginType: '1' });
  };
  await agent.idle();
  await agent.dial(CUSTOMER);
  await agent.event('AgentOriginate');
  over(1487, 0);
  await agent.event('After');
  await agent.dial(CUSTOMER);
  await agent.event('AgentOriginate', { nth: 2 });
  broker.tell('Conversation', CALL);
  over(1017, 1);
  await agent.event('After', { nth: 2 });
  broker.tell('AgentOriginate', CALL);
  over(1017, 1);
  await agent.event('After', { nth: 3 });
  broker.tell('Busy', { currentBusyType: '' });
  await agent.chipShows('忙碌');
  assert.equal(await failed(agent).count(), 0);
  // The same end of a call that the agent asked for.
  await agent.dial(CUSTOMER);
  await agent.event('AgentOriginate', { nth: 4 });
  broker.tell('After', { ...CALL, cause: 1017, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 });
  await failed(agent).waitFor();
  assert.equal(requests(broker).filter(({ request }) => request === 'makeCall').length, 3);
});
