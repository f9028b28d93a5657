import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { logIn } from '../lib/agent.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { microphoneOpen } from '../lib/phone-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

const ECHO = '00030001';

/** The panel, opened by the keyboard. */
async function opened(agent) {
  await agent.toolbar.locator('[data-act=link]').press('Enter');
  const panel = agent.toolbar.locator('[data-pop=link]');
  await panel.waitFor();
  return panel;
}

/** A ready agent with a phone, and the panel. */
async function ready(t, more) {
  const agent = await agentWithPhone(t, shared, { more });
  await agent.idle();
  return { agent, panel: await opened(agent) };
}

const check = (panel, name) => panel.locator(`[data-check=${name}]`);
const act = (panel, name) => panel.locator(`[data-act=${name}]`);

/** Waits until a check has this class. */
const is = (panel, name, state) => until(
  async () => (await check(panel, name).getAttribute('class')).split(' ').includes(state),
  { what: `${name} is ${state}` },
);

/** Without a browser phone: the same sandbox, another sign-in. */
const deskAgent = (t, more) => logIn(t, { sandbox: shared.sandbox, browser: shared.browsers['1001'] }, { more });

test('the panel says in words how the link and the phone are', async (t) => {
  const { panel } = await ready(t);
  assert.equal(await panel.getAttribute('aria-label'), '连接与设备');
  // A slow answer makes it worse until the next one, so both are read at once.
  await until(async () => {
    const [state, said] = await check(panel, 'link').evaluate((one) => [one.className, one.querySelector('small').textContent]);
    return state === 'check ready' && /^连接良好 · 已连接 \d\d:\d\d/.test(said);
  }, { what: 'the link is well, and it is said so' });
  await is(panel, 'registration', 'ready');
  assert.match(await check(panel, 'registration').textContent(), /话机注册\s*已注册/);
  assert.equal(await act(panel, 'register').isVisible(), false);
});

test('a phone that has left is said so, and a button registers it', async (t) => {
  const { agent, panel } = await ready(t);
  await shared.sandbox.fault('refuse-connections', { path: '/sip', ms: 600_000 });
  await shared.sandbox.fault('drop-sockets', { path: '/sip' });
  await is(panel, 'registration', 'bad');
  assert.match(await check(panel, 'registration').textContent(), /未注册/);
  await agent.page.evaluate(() => {
    window.asked = 0;
    const register = phone.register.bind(phone);
    phone.register = (...given) => {
      asked += 1;
      return register(...given);
    };
  });
  await agent.press(act(panel, 'register'), () => agent.page.evaluate(() => asked === 1));
  await shared.sandbox.fault('refuse-connections', { path: '/sip', ms: 1 });
  await is(panel, 'registration', 'ready');
  assert.equal(await act(panel, 'register').isVisible(), false);
  await agent.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('the microphone is open and its loudness shown while it is tried, and no longer', async (t) => {
  const { agent, panel } = await ready(t);
  const meter = panel.getByRole('meter');
  assert.equal(await microphoneOpen(agent.page), false);
  assert.equal(await meter.count(), 0);
  await act(panel, 'tryMicrophone').press('Enter');
  await until(async () => Number(await meter.getAttribute('aria-valuenow')) > 0, { what: 'something is heard' });
  assert.equal(await meter.getAttribute('aria-label'), '麦克风音量');
  await until(async () => await meter.locator('i.l, i.h').count() > 0, { what: 'lights are lit' });
  assert.notEqual(await check(panel, 'microphone').locator('small').textContent(), '');
  await act(panel, 'tryMicrophone').press('Enter');
  await until(async () => !(await microphoneOpen(agent.page)), { what: 'the microphone is closed' });
  assert.equal(await meter.count(), 0);
});

test('the microphone is closed with the panel', async (t) => {
  const { agent, panel } = await ready(t);
  await act(panel, 'tryMicrophone').press('Enter');
  await until(() => microphoneOpen(agent.page), { what: 'the microphone is open' });
  await agent.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await until(async () => !(await microphoneOpen(agent.page)), { what: 'the microphone is closed' });
});

test('the test tries all that a call needs, calls the echo, and says what it found', async (t) => {
  const { agent, panel } = await ready(t, { echoNumber: ECHO });
  // A slow machine needs longer for a part than the phone gives it.
  await agent.page.evaluate(() => {
    const { check } = phone;
    phone.check = (given) => check({ ...given, timeout: 30_000 });
  });
  await act(panel, 'testCall').press('Enter');
  const whole = panel.locator('.check.whole');
  await until(async () => /一切正常/.test(await whole.textContent()), { what: 'the verdict is there', bound: 120_000 });
  const parts = await panel.locator('[data-part]').evaluateAll((all) => all.map((one) => [one.dataset.part, one.className]));
  assert.deepEqual(parts, ['microphone', 'devices', 'socket', 'registration', 'network', 'echo'].map((name) => [name, 'check ready']));
  assert.match(await panel.locator('[data-part=echo]').textContent(), /回声呼叫/);
});

test('without an echo number the test calls nobody', async (t) => {
  const { agent, panel } = await ready(t);
  // By the keyboard: a press of the pointer right after controls have changed is not heard, on purpose.
  await act(panel, 'testCall').press('Enter');
  await panel.locator('[data-part=network]').waitFor();
  assert.equal(await panel.locator('[data-part=echo]').count(), 0);
  assert.deepEqual(await agent.phone.told('Try'), []);
});

test('the test says what is wrong and what helps', async (t) => {
  const { agent, panel } = await ready(t);
  await agent.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  // By the keyboard: a press of the pointer right after controls have changed is not heard, on purpose.
  await act(panel, 'testCall').press('Enter');
  await panel.locator('[data-part=microphone].bad').waitFor();
  assert.match(await panel.locator('.check.whole').textContent(), /^1 项没有通过$/);
  assert.ok((await panel.locator('[data-part=microphone] small').textContent()).length > 4);
});

test('during a call the test cannot be run, and the button says why', async (t) => {
  const { agent, panel } = await ready(t);
  await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await agent.phone.event('Invite');
  const button = act(panel, 'testCall');
  await until(async () => await button.getAttribute('aria-disabled') === 'true', { what: 'the button is off' });
  assert.equal(await button.getAttribute('data-tip'), '通话中不能测试');
  await button.press('Enter');
  assert.equal(await panel.locator('.check.whole').count(), 0);
});

test('the report is on the clipboard, with numbers hidden and without secrets', async (t) => {
  const { agent, panel } = await ready(t);
  await agent.page.context().grantPermissions(['clipboard-read', 'clipboard-write', 'microphone', 'local-network-access']);
  // By the keyboard: a press of the pointer right after controls have changed is not heard, on purpose.
  await act(panel, 'testCall').press('Enter');
  await panel.locator('[data-part=network]').waitFor();
  await act(panel, 'copyReport').press('Enter');
  await until(async () => /报告已复制/.test(await panel.locator('.report').textContent()), { what: 'it is copied' });
  const report = await agent.page.evaluate(() => navigator.clipboard.readText());
  for (const line of [/^agent-toolbar: \d/m, /^话机注册: 已注册$/m, /^麦克风: /m, /^测试通话: 一切正常/m]) assert.match(report, line);
  const [, word, latency] = /^服务连接: (\S+) (\d+) ms/m.exec(report);
  // How good the link is depends on how long the last answer took.
  assert.equal(word, latency < 200 ? '连接良好' : latency < 500 ? '连接一般' : '连接较差');
  for (const secret of ['123456', 'sip-1001', 'guest']) assert.ok(!report.includes(secret), `${secret} is not in it`);
});

test('the log goes to the page that listens for it, with numbers hidden', async (t) => {
  const agent = await deskAgent(t);
  await agent.idle();
  await agent.dial('13800138000');
  await agent.event('MakeCall');
  await agent.page.evaluate(() => {
    window.logs = [];
    sdk.on('SaveLog', async (log) => logs.push(await log.text()));
  });
  const panel = await opened(agent);
  await act(panel, 'saveLog').press('Enter');
  const [log] = await until(() => agent.page.evaluate(() => logs.length > 0 && logs), { what: 'the page has the log' });
  assert.match(log, /"makeCall"/);
  for (const secret of ['13800138000', '123456']) assert.ok(!log.includes(secret), `${secret} is not in it`);
});

test('the log is a file where the page does not listen for it', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  const downloads = [];
  agent.page.on('download', (download) => downloads.push(download));
  await agent.press(act(panel, 'saveLog'), () => downloads.length > 0);
  const [download] = downloads;
  assert.match(download.suggestedFilename(), /^agent-toolbar-[\dT-]+\.jsonl$/);
  assert.match(await readFile(await download.path(), 'utf8'), /^\{"record":/);
});

test('where nothing is recorded there is no log to save', async (t) => {
  const agent = await deskAgent(t, { features: { record: false } });
  const panel = await opened(agent);
  assert.equal(await act(panel, 'copyReport').isVisible(), true);
  assert.equal(await act(panel, 'saveLog').isVisible(), false);
});

test('without a browser phone there is nothing of a phone', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  await check(panel, 'link').waitFor();
  for (const name of ['registration', 'microphone']) assert.equal(await check(panel, name).isVisible(), false, name);
  assert.equal(await panel.getByRole('combobox').count(), 0);
  assert.equal(await act(panel, 'testCall').isVisible(), false);
});

test('the panel speaks another language at once', async (t) => {
  const { agent, panel } = await ready(t);
  await agent.call('setLang', 'en');
  await until(async () => /Phone registration\s*Registered/.test(await check(panel, 'registration').textContent()), { what: 'it speaks English' });
  assert.equal(await panel.getByRole('combobox').first().getAttribute('aria-label'), 'Microphone');
});
