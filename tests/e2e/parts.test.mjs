import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { requests } from '../lib/fake-office.mjs';
import { PAGE, PKG } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const PART = '**/agent-toolbar-panels.js*';
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const AFTER = { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]:visible`).first();
const missing = (agent) => agent.toolbar.getByRole('alert').filter({ hasText: '无法显示' });
const said = async (agent, pattern) => until(async () => pattern.test(await agent.page.said()), { what: `the console says ${pattern}` });
const asked = (broker, name) => requests(broker).filter(({ request }) => request === name);

/** An agent whose page cannot load the part, at a broker that does what it is told. */
async function withoutPart(t, answer = (route) => route.abort()) {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, shared);
  await agent.page.route(PART, answer);
  await agent.start(optionsFor(broker));
  return { agent, broker };
}

/** A page of its own with the script from this address, changed by `change`; `headers` are the page's. */
async function open(t, { script = '/pkg/agent-toolbar.js', change = (html) => html, headers = {}, prepare } = {}) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  const html = change((await readFile(PAGE, 'utf8')).replace('/sdk.js', script));
  await page.route('**/parts.html', (route) => route.fulfill({ headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: html }));
  await prepare?.(page);
  await page.goto(`${shared.sandbox.origin}/parts.html`);
  return new Agent(page);
}

/** Signs in and opens what only the part can draw. */
async function opensSettings(agent) {
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.call('openPanel', 'settings');
  await agent.toolbar.getByRole('dialog', { name: '设置' }).waitFor();
}

test('without its part the bar signs in, takes a call, holds it, hangs up, and is ready again', async (t) => {
  const { agent, broker } = await withoutPart(t);
  await agent.event('Login');
  await agent.idle();
  await agent.chipShows('就绪');
  broker.tell('AgentRinging', CALL);
  await agent.chipShows('来电');
  broker.tell('Conversation', CALL);
  await act(agent, 'hold').waitFor();
  assert.match(await agent.toolbar.locator('[part~=party]').textContent(), /138.*8000/);
  await agent.press(act(agent, 'hold'), () => asked(broker, 'hold').length > 0);
  await agent.press(agent.hangUp, () => asked(broker, 'cancelCall').length > 0);
  broker.tell('After', AFTER);
  await agent.press(act(agent, 'done'), () => asked(broker, 'idle').length > 1);
  await agent.chipShows('就绪');
  await said(agent, /this panel cannot be shown, the rest works.*agent-toolbar-panels\.js.* is missing/s);
});

test('a panel that cannot be drawn says so, and tries again when it is told to', async (t) => {
  const { agent } = await withoutPart(t);
  await agent.event('Login');
  await agent.press(act(agent, 'link'), () => missing(agent).isVisible());
  const again = agent.toolbar.getByRole('button', { name: '再试一次' });
  await again.click();
  await missing(agent).waitFor();
  await agent.page.unroute(PART);
  const panel = agent.toolbar.getByRole('dialog', { name: '连接与设备' });
  await agent.press(again, () => panel.isVisible());
  assert.equal(await missing(agent).count(), 0);
  await agent.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await agent.inFull();
});

test('without its part an agent is ready, not ready, and signs out', async (t) => {
  const { agent, broker } = await withoutPart(t);
  await agent.event('Login');
  for (const [name, event] of [['忙碌', 'Busy'], ['就绪', 'Idle'], ['退出登录', 'Logout']]) {
    await agent.press(agent.chip, () => missing(agent).isVisible());
    const before = (await agent.values(event)).length;
    await agent.press(agent.toolbar.getByRole('button', { name, exact: true }), async () => (await agent.values(event)).length > before);
    await until(async () => await missing(agent).count() === 0, { what: 'it is closed' });
  }
  assert.equal(asked(broker, 'logout').length, 1);
  // What stands in the bar then is all that is needed to come back.
  await agent.toolbar.locator('[data-act=signIn]').waitFor();
});

test('a part of another build is refused, in words that say so', async (t) => {
  const { agent } = await withoutPart(t, async (route) => {
    const text = await readFile(join(PKG, 'agent-toolbar-panels.js'), 'utf8');
    const other = text.replace(/take\("[0-9a-f]+"/, 'take("0"');
    assert.notEqual(other, text);
    await route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: other });
  });
  await agent.event('Login');
  await agent.press(agent.chip, () => missing(agent).isVisible());
  assert.match(await missing(agent).textContent(), /版本不符/);
  await said(agent, /of another build than http.*agent-toolbar\.js/s);
});

test('a page of another charset gets the part whole', async (t) => {
  const agent = await open(t, {
    headers: { 'content-type': 'text/html; charset=gbk' },
    change: (html) => html.replace('<meta charset="utf-8">', ''),
    prepare: (page) => page.route('**/pkg/*.js*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { 'content-type': 'text/javascript' } });
    }),
  });
  assert.equal(await agent.page.evaluate(() => document.characterSet), 'GBK');
  await opensSettings(agent);
});

test('a page whose policy names a nonce lets in the part of the script that it let in', async (t) => {
  const policy = "default-src 'none'; script-src 'nonce-once' 'wasm-unsafe-eval'; connect-src *; worker-src blob: *; img-src data:";
  const agent = await open(t, {
    headers: { 'content-security-policy': policy },
    change: (html) => html.replaceAll('<script', '<script nonce="once"'),
  });
  await opensSettings(agent);
});

test('a script from elsewhere brings its part from there', async (t) => {
  const asked = [];
  const agent = await open(t, {
    script: 'http://elsewhere.example/lib/agent-toolbar.js',
    prepare: (page) => page.route('http://elsewhere.example/lib/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      await route.fulfill({ contentType: 'text/javascript; charset=utf-8', path: join(PKG, pathname.replace('/lib/', '')) });
    }),
  });
  await opensSettings(agent);
  assert.ok(asked.includes('/lib/agent-toolbar-panels.js'));
});
