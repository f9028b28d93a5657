import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor } from '../lib/agent.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const CUSTOMER = '13800138000';
const shared = withPhones(['1001', CUSTOMER]);
const CALL = { callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'c-1' };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]`);

/** An agent with a desk phone whom this call rings, or what makes it, and what the live regions said meanwhile. */
async function ringing(t, { call, says, more, before = [] } = {}) {
  const { agent, broker } = await logInAtFake(t, { browser: shared.browsers['1001'] }, { says, more });
  await agent.idle();
  await agent.toolbar.locator('[aria-live=assertive]').evaluate((region) => {
    window.spoken = [];
    new MutationObserver(() => spoken.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  for (const content of before) broker.push(content);
  broker.tell('AgentRinging', { ...CALL, ...(typeof call === 'function' ? call() : call) });
  await agent.event('AgentRinging');
  return { agent, broker };
}

const spoken = (agent) => agent.page.evaluate(() => spoken.filter(Boolean));

test('a call that rings says who, through which group and how long they have waited, and colours the bar', async (t) => {
  const { agent } = await ringing(t, {
    call: () => ({ inQueueTime: Date.now() - 38_000, ivrKeyRecord: ['2', '1'], called: 'g1' }),
  });
  const party = agent.toolbar.locator('[part~=party]');
  await party.getByText('138****8000').first().waitFor();
  await party.getByText('一组').first().waitFor();
  await party.getByText('2 › 1').waitFor();
  await until(async () => /排队 00:3[89]|排队 00:4/.test(await party.textContent()), { what: 'the time waited' });
  assert.match(await agent.toolbar.locator('[part~=bar]').getAttribute('class'), /\btint\b/);
  assert.equal(await party.getAttribute('role'), 'group', 'what changes while it rings is not an alert');
});

test('a call that rings is said once, the number digit by digit and what is hidden as that', async (t) => {
  const { agent, broker } = await ringing(t, { call: { called: 'g1' } });
  await until(async () => (await spoken(agent)).length > 0, { what: 'it is said' });
  // More of the same call comes in.
  broker.tell('AgentRinging', { ...CALL, called: 'g1', userData: 'order=1' });
  await agent.event('AgentRinging', { nth: 2 });
  broker.tell('AgentAnswer', CALL);
  await agent.event('AgentAnswer');
  assert.deepEqual(await spoken(agent), ['来电, 一组, 1 3 8 隐藏 8 0 0 0']);
});

test('the card shows what else is known, as text, and takes no focus', async (t) => {
  const userData = '<img src=x onerror="window.ran=true"> order=SH20481';
  const { agent } = await ringing(t, { call: { userData, ivrKeyRecord: ['2', '1'], inputParam: 'lang=zh' } });
  await agent.page.evaluate(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.id = 'own';
    const card = document.createElement('b');
    card.slot = 'customer-card';
    card.textContent = '陈晓雯';
    document.querySelector('agent-toolbar').append(card);
  });
  await act(agent, 'details').press('Enter');
  const card = agent.toolbar.locator('[data-pop=details]');
  await card.waitFor();
  assert.equal(await card.getAttribute('aria-label'), '来电');
  await card.getByText(userData).waitFor();
  await card.getByText('lang=zh').waitFor();
  assert.deepEqual(await card.locator('.key').allTextContents(), ['2', '1']);
  assert.equal(await card.locator('img').count(), 0);
  assert.equal(await agent.page.evaluate(() => 'ran' in window), false);
  await agent.page.getByText('陈晓雯').waitFor();
  const focused = await act(agent, 'details').evaluate((one) => one.getRootNode().activeElement === one);
  assert.ok(focused, 'the focus stays where it was');
  assert.equal((await card.textContent()).includes(CUSTOMER), false);
});

test('what the menu of a caller has learned is shown in pairs, after the group and the keys', async (t) => {
  const ivrParam = JSON.stringify({ ivrId: 'ivr-main', keys: '2', order: 'SH20481', count: 3 });
  const { agent, broker } = await ringing(t);
  const call = { ...CALL, called: 'g1', ivrKeyRecord: ['2'], inputParam: 'lang=zh' };
  broker.push({ type: 'event', event: 'AgentRinging', nowState: 'AgentRinging', eventTime: Date.now(), ivrParam, data: call });
  await act(agent, 'details').press('Enter');
  const facts = agent.toolbar.locator('[data-pop=details] .facts');
  await facts.waitFor();
  assert.deepEqual(await facts.locator('dt').allTextContents(), ['技能组', '按键路径', 'IVR 数据']);
  assert.deepEqual(await facts.locator('dd').allTextContents(), ['一组', '2', 'order=SH20481  count=3\nlang=zh']);
});

test('a narrow card keeps the words of its buttons', async (t) => {
  const { agent } = await ringing(t);
  await agent.page.setViewportSize({ width: 336, height: 700 });
  await act(agent, 'details').press('Enter');
  const reject = agent.toolbar.locator('[data-pop=details] [data-act=reject]');
  await reject.waitFor();
  assert.ok((await reject.getByText('拒接').boundingBox()).width > 20);
});

test('a microphone that the browser refuses is said with what to do, and asked for again', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  await agent.page.evaluate(() => {
    window.asked = 0;
    navigator.mediaDevices.getUserMedia = () => {
      asked += 1;
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    };
  });
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  const answer = act(agent, 'answer');
  await until(() => answer.isVisible(), { what: 'it can be answered here' });
  await answer.press('Enter');
  const message = agent.toolbar.locator('[part~=message]');
  await message.getByText('浏览器不允许使用麦克风').waitFor();
  await message.getByText('点地址栏左侧的锁，允许后重试。').waitFor();
  const before = await agent.page.evaluate(() => asked);
  await message.getByRole('button', { name: '重试' }).press('Enter');
  await until(async () => await agent.page.evaluate(() => asked) > before, { what: 'it is asked for again' });
  await message.getByText('浏览器不允许使用麦克风').waitFor();
});

test('what the page knows of a number stands beside it, as text, and is asked for once', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browsers['1001'] });
  await agent.page.evaluate((options) => {
    window.askedFor = [];
    const describeNumber = (number) => {
      askedFor.push(number);
      return { name: '<b>陈晓雯</b>', place: '上海 移动', tags: ['VIP'], note: '30 天内第 3 次' };
    };
    startSdk({ ...options, describeNumber });
  }, optionsFor(broker));
  await agent.event('Login');
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  const party = agent.toolbar.locator('[part~=party]');
  await party.getByText('上海 移动').waitFor();
  await act(agent, 'details').press('Enter');
  const card = agent.toolbar.locator('[data-pop=details]');
  for (const text of ['<b>陈晓雯</b> · 上海 移动', 'VIP', '30 天内第 3 次']) await card.getByText(text, { exact: true }).waitFor();
  broker.tell('Conversation', { ...CALL, callType: 'normal' });
  await act(agent, 'hold').waitFor();
  await party.getByText('上海 移动').waitFor();
  assert.deepEqual(await agent.page.evaluate(() => askedFor), [CUSTOMER]);
});

test('who has a desk phone is told to lift it, and can refuse the call', async (t) => {
  const { agent, broker } = await ringing(t);
  await agent.toolbar.getByText('请摘机接听').waitFor();
  assert.equal(await act(agent, 'answer').isVisible(), false);
  await act(agent, 'reject').press('Enter');
  await until(() => requests(broker).some(({ request }) => request === 'cancelCall'), { what: 'it is refused' });
});

test('a slip of the pointer that was meant for what stood there before refuses no call', async (t) => {
  const { agent, broker } = await logInAtFake(t, { browser: shared.browsers['1001'] }, {});
  await agent.idle();
  // The press comes in the moment in which the controls change.
  await agent.page.evaluate(() => {
    const { shadowRoot } = document.querySelector('agent-toolbar');
    window.pressed = 0;
    new MutationObserver(() => {
      const button = shadowRoot.querySelector('[data-act=reject]');
      if (!button || pressed) return;
      window.pressed += 1;
      button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }));
    }).observe(shadowRoot, { childList: true, subtree: true });
  });
  broker.tell('AgentRinging', CALL);
  await until(() => agent.page.evaluate(() => pressed === 1), { what: 'it was pressed' });
  // What is sent goes out in order: had the press counted, its command would come first.
  await agent.call('sendDTMF', '1');
  await until(() => requests(broker).some(({ request }) => request === 'sendDTMF'), { what: 'the next command' });
  assert.deepEqual(requests(broker).map(({ request }) => request).filter((request) => request === 'cancelCall'), []);
});

test('a call on the phone in the page is answered from the toolbar', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('AgentRinging');
  const answer = act(agent, 'answer');
  await until(() => answer.isVisible(), { what: 'it can be answered here' });
  assert.equal(await agent.toolbar.getByText('请摘机接听').isVisible(), false);
  await answer.press('Enter');
  await agent.event('Conversation');
  await agent.phone.event('Accepted');
  await act(agent, 'hold').waitFor();

  // The phone measures how the call sounds, which a desk phone does not.
  const quality = act(agent, 'quality');
  await until(() => quality.isVisible(), { what: 'how it sounds is there', bound: 60_000 });
  await quality.press('Enter');
  const pop = agent.toolbar.locator('[data-pop=quality]');
  await pop.waitFor();
  assert.match(await pop.locator('.metric').nth(0).textContent(), /^语音评分[1-4]\.\d/);
  assert.match(await pop.locator('.metric').nth(3).textContent(), /^往返\d+ ms/);
  assert.ok((await pop.locator('.advice').textContent()).length > 5);
  const points = () => pop.locator('.metric path').first().evaluate((path) => path.getAttribute('d').match(/L/g)?.length ?? 0);
  await until(async () => await points() >= 2, { what: 'the line grows with time', bound: 60_000 });

  await shared.sandbox.hangUp(callId);
  await agent.event('After');
});
