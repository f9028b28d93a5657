// What agent-sdk does to its users, by the numbers of docs/weaknesses.md: those that lie in wait for who writes a page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { freePorts } from '../lib/child.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { PKG } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

// ── 28 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('no tries at all means no tries at all', async (t) => {
  const [port] = await freePorts(1);
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { url: `ws://127.0.0.1:${port}/ws`, maxReconnect: 0 }));
  await agent.event('Close');
  // With tries it would wait for the next one now.
  assert.equal((await agent.call('snapshot')).link.state, 'down');
  await agent.toolbar.getByRole('button', { name: '连接', exact: true }).waitFor();
  assert.equal((await agent.sockets()).length, 1);
});

test('a password counts under either name', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { more: { agentPassword: undefined, password: 'first' } });
  const passwords = () => requests(broker).filter(({ request }) => request === 'login').map(({ password }) => password);
  await agent.call('login', { password: 'second' });
  await agent.event('Login', { nth: 2 });
  await agent.call('login', { agentPassword: 'third' });
  await agent.event('Login', { nth: 3 });
  assert.deepEqual(passwords(), ['first', 'second', 'third']);
});

test('an interval that is a text counts as none, and the record says which one holds', async (t) => {
  for (const [given, holds] of [['1000', 10_000], [1000, 1000], [0, 10_000], [undefined, 10_000]]) {
    const { agent } = await logInAtFake(t, shared, { more: { pingInterval: given } });
    assert.equal(JSON.parse((await agent.call('record')).split('\n')[0]).pingInterval, holds, `pingInterval ${given}`);
  }
});

// ── 29 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('every method does what its name says', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.call('getFree');
  await agent.call('getAutoGroups');
  await agent.call('consult', '1002');
  await until(() => requests(broker).length >= 4, { what: 'three requests and the login' });
  const sent = requests(broker).slice(1).map(({ sequence, ...request }) => request);
  assert.deepEqual(sent, [
    { request: 'idleAgent', groupId: 'g1' }, { request: 'groupInfo' }, { request: 'consultCall', consultType: 1, consultId: '1002' },
  ]);
  broker.tell('Surveillance', { agentList: [{ agentNumber: '1002', nowState: 'Hold' }] }, null);
  for (const method of ['getStateByAgentNumber', 'getStateByAgentId']) {
    await until(async () => await agent.call(method, '1002') === 'Hold', { what: method });
  }
});

// ── 30 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

// An error that nobody caught would fail this test: see `newTab`.
test('what goes wrong is an Error, and an answer that says no is thrown at nobody', async (t) => {
  const { agent } = await logInAtFake(t, shared, { says: { refuses: (request) => request === 'idle' } });
  await agent.page.evaluate(() => {
    window.told = [];
    const note = (error) => told.push({ isError: error instanceof Error, code: error.code, where: error.stack.includes('\n') });
    sdk.on('Exception', note);
    try { sdk.call(); } catch (error) { note(error); }
    sdk.idle();
  });
  await agent.exception(/^refused$/);
  assert.deepEqual(await agent.page.evaluate(() => told), [
    { isError: true, code: 'CALLED_EMPTY', where: true }, { isError: true, code: 'REFUSED', where: true },
  ]);
});

// ── 31 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a caller without a number breaks nothing, and one in any spelling is masked', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  const call = { callDirection: 1, called: '1001', occCallId: 'c-1' };
  broker.tell('AgentRinging', call);
  await agent.event('AgentRinging');
  await agent.toolbar.getByText('未知号码').first().waitFor();
  for (const [caller, shown] of [['1234567', '12****67'], ['+86 138-0013-8000', '+861****8000'], [13800138000, '138****8000']]) {
    broker.tell('AgentRinging', { ...call, caller });
    await agent.toolbar.getByText(shown, { exact: true }).first().waitFor();
    assert.equal(await agent.toolbar.getByText(String(caller)).count(), 0);
  }
});

// ── 32 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('the page keeps its globals, its console and its elements to itself', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(() => {
    const kept = { names: Object.getOwnPropertyNames(window), log: console.log, error: console.error, warn: console.warn };
    window.added = () => Object.getOwnPropertyNames(window).filter((name) => !kept.names.includes(name));
    window.patched = () => ['log', 'error', 'warn'].filter((name) => console[name] !== kept[name]);
  });
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser }, { profile });
  await agent.start(optionsFor(broker));
  await agent.event('Login');
  await agent.page.evaluate((given) => {
    document.body.insertAdjacentHTML('beforeend', '<div id="second"></div>');
    window.second = new AgentSdk(given);
  }, optionsFor(broker, { agentNumber: '1002', el: '#second', lang: 'en' }));
  await agent.page.getByRole('toolbar', { name: 'Agent toolbar' }).waitFor();
  await agent.page.getByRole('toolbar', { name: '座席工具条' }).waitFor();
  // While the toolbar loads its part there is one script more.
  await until(() => agent.page.evaluate(() => !document.head.querySelector('script[src*=panels]')), { what: 'the part is there' });

  const ofTheTest = ['added', 'patched', 'plain', 'startSdk', 'thrown', 'sdk', 'second'];
  const found = await agent.page.evaluate(() => ({
    added: added(),
    patched: patched(),
    elements: [...document.querySelectorAll('head > *, body > *')].map(({ localName }) => localName),
    ids: [...document.querySelectorAll('agent-toolbar')].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('[id]')].map(({ id }) => id)),
  }));
  assert.deepEqual(found.added.filter((name) => !ofTheTest.includes(name)), ['AgentSdk', 'SoftPhoneSdk']);
  assert.deepEqual(found.patched, []);
  assert.deepEqual(found.elements, ['meta', 'title', 'div', 'script', 'script', 'div']);
  assert.deepEqual(found.ids, []);
});

test('types come with the package', async () => {
  const { types } = JSON.parse(await readFile(`${PKG}package.json`, 'utf8'));
  const text = await readFile(`${PKG}${types}`, 'utf8');
  for (const name of ['AgentSdkOptions', 'AgentSdkError', 'EventMap', 'class AgentSdk', 'class SoftPhoneSdk']) assert.ok(text.includes(name), name);
});
