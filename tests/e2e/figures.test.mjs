import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const HALF_A_DAY = 12 * 3_600_000;

/** A call that ended so long before the present. */
const kept = (ago, direction, talked) => ({ ago, number: CUSTOMER, direction, answered: talked !== null, talked, group: '' });

/** An agent who is ready, whose page has kept these calls. */
async function ready(t, calls, more = {}) {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(([options, all]) => {
    const loaded = all.map(({ ago, ...call }, at) => ({ ...call, at: new Date().setHours(12, 0, 0, 0) - ago, id: `c${at}` }));
    startSdk({ ...options, history: { load: () => ({ calls: loaded }) } });
  }, [{ ...optionsFor(shared.sandbox), ...more }, calls]);
  await agent.event('Login');
  await agent.idle();
  return agent;
}

/** What stands between the state and the utilities, in words. */
const figures = (agent) => agent.toolbar.locator('[part~=bar] .party .meta').filter({ visible: true }).allInnerTexts()
  .then((all) => all.map((text) => text.replace(/\s+/g, ' ').trim()).join(', '));
const says = (agent, expected) => until(async () => await figures(agent) === expected, { what: `the figures “${expected}”` });

test('between calls stands how many were answered and made today, and how long they talk', async (t) => {
  const agent = await ready(t, [
    kept(0, 'inbound', 60_000), kept(1000, 'inbound', null), kept(2000, 'outbound', 120_000), kept(3000, 'outbound', null),
    kept(HALF_A_DAY + 1000, 'inbound', 3_600_000),
  ]);
  await agent.page.setViewportSize({ width: 1600, height: 700 });
  await says(agent, '今日接听 1, 呼出 2, 平均通话 01:30');
  await agent.call('setLang', 'en');
  await says(agent, 'Answered 1, Dialled 2, Avg. talk 01:30');
  await agent.page.setViewportSize({ width: 1300, height: 700 });
  await says(agent, 'Answered 1, Dialled 2');
  await agent.page.setViewportSize({ width: 1000, height: 700 });
  await says(agent, '');
});

test('a call that ends is counted, and of what there is none there is no figure', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.page.setViewportSize({ width: 1600, height: 700 });
  await agent.idle();
  const call = (id) => ({ callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: id, inQueueTime: 0, callType: 'normal' });
  const after = { cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };
  assert.equal(await figures(agent), '');
  for (const [at, expected] of ['今日接听 1, 平均通话 00:03', '今日接听 2, 平均通话 00:03'].entries()) {
    const told = call(`call-${expected}`);
    broker.tell('AgentRinging', told);
    await agent.event('AgentRinging', { nth: at + 1 });
    assert.equal(await figures(agent).then((text) => text.includes('今日')), false, 'a call that rings has the line');
    broker.tell('Conversation', told);
    broker.pass(3000);
    broker.tell('After', { ...told, ...after });
    await agent.chipShows('话后');
    broker.tell('Idle', {});
    await says(agent, expected);
  }
});

test('where the page has switched off that calls are kept there are no figures', async (t) => {
  const agent = await ready(t, [kept(0, 'inbound', 60_000)], { features: { history: false } });
  await agent.page.setViewportSize({ width: 1600, height: 700 });
  await agent.dial(CUSTOMER);
  await agent.event('Conversation');
  await agent.press(agent.hangUp, async () => (await agent.values('After')).length > 0);
  await agent.idle();
  await until(async () => (await agent.toolbar.locator('[part~=dial-field]').isVisible()), { what: 'between calls' });
  assert.equal(await figures(agent), '');
});
