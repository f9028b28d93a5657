import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { overhear } from '../lib/overhear.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const PASSCODE = 'broker-passcode-4711';

const kept = (agent) => agent.page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));

test('password, passcode and token stay out of console, localStorage and cookies', async (t) => {
  const agent = await logIn(t, shared, { more: { connectPassword: PASSCODE } });
  await agent.idle();
  await agent.dial('13800138000');
  const { data } = await agent.event('Conversation');
  await shared.sandbox.hangUp(data.occCallId);
  await agent.event('After');
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');

  const sent = (await agent.sent()).join('\n');
  const [{ data: { token } }] = await agent.values('Login');
  const secrets = { passcode: PASSCODE, password: '123456', token };
  for (const [name, secret] of Object.entries(secrets)) {
    assert.ok(sent.includes(secret), `the ${name} was in use`);
    assert.ok(!(await kept(agent)).includes(secret), `the ${name} is in localStorage or a cookie`);
    assert.ok(!(await agent.page.said()).includes(secret), `the ${name} is in the console`);
  }
});

test('a refused password is in no message', async (t) => {
  const agent = await openAgent(t, shared);
  const agentPassword = 'refused-password-4711';
  await agent.start(optionsFor(shared.sandbox, { agentPassword }));
  await agent.exception(/工号或密码错误/);
  assert.ok((await agent.sent()).join('\n').includes(agentPassword), 'the password was in use');
  assert.ok(!JSON.stringify(await agent.values('Exception')).includes(agentPassword));
  assert.ok(!(await kept(agent)).includes(agentPassword));
  assert.ok(!(await agent.page.said()).includes(agentPassword));
  assert.ok(!(await agent.toolbar.evaluate((host) => host.shadowRoot?.innerHTML ?? host.innerHTML)).includes(agentPassword));
});

/** This does not stand in a long text; if it does, only what stands round it is shown. */
function hasNot(text, secret, place) {
  const found = text.match(secret);
  assert.equal(found, null, `${secret} is in ${place}: …${text.slice(Math.max(found?.index - 200, 0), found?.index + 50)}…`);
}

/** Starts the SDK; `errors` in the page has all that errors tell, with what only a program sees of them. */
const startHearing = (agent, options) => agent.page.evaluate((given) => {
  window.errors = [];
  const all = (error) => Object.getOwnPropertyNames(error).map((name) => {
    const value = error[name];
    return `${name}: ${value !== null && typeof value === 'object' ? all(value) : value}`;
  }).join('\n');
  window.attempt = (action) => {
    try { action(); } catch (error) { errors.push(all(error)); }
  };
  startSdk(given);
  sdk.on('Exception', (error) => errors.push(all(error)));
}, options);

test('after a day no secret is anywhere but in the storage of its tab', async (t) => {
  const wrong = 'refused-password-Zebra';
  const profile = await newProfile(t, shared.browser);
  const overheard = await overhear(profile);
  const told = [];
  const tokens = new Set();
  const agent = await openAgent(t, shared, { profile });

  /** What a page leaves behind is read before it goes. */
  async function endOfPage() {
    for (const name of ['Login', 'Reconnect']) for (const { data } of await agent.values(name)) tokens.add(data.token);
    told.push(...await agent.page.evaluate(() => [
      ...errors, sdk.record(), sdk.record({ numbers: true, last: 20 }), JSON.stringify(sdk.snapshot()), location.href,
      document.querySelector('agent-toolbar').shadowRoot.innerHTML, document.documentElement.innerHTML,
    ]));
    told.push(...(await agent.sockets()).map(({ url }) => url));
  }

  await startHearing(agent, optionsFor(shared.sandbox, { agentPassword: wrong, connectPassword: PASSCODE }));
  await agent.exception(/工号或密码错误/);
  await agent.call('setDebug', true);
  await agent.call('login', { agentPassword: '123456' });
  await agent.event('Login');
  await agent.idle();
  await agent.dial('13800138000');
  const { data: { occCallId } } = await agent.event('Conversation');
  await agent.call('idle');
  await agent.event('Exception', { nth: 2 });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');
  await shared.sandbox.hangUp(occCallId);
  await agent.event('After');
  await shared.sandbox.fault('expire-tokens', { answer: 'negative' });
  await agent.call('busy');
  await agent.event('Login', { nth: 2 });
  await agent.page.evaluate(() => {
    for (const action of [() => sdk.call(), () => sdk.setUserdata(null), () => sdk.send({})]) attempt(action);
  });
  await endOfPage();

  await agent.page.reload();
  await startHearing(agent, optionsFor(shared.sandbox, { connectPassword: PASSCODE }));
  await agent.event('Reconnect');
  await agent.page.evaluate((given) => sdk.init(given), optionsFor(shared.sandbox, { connectPassword: PASSCODE, host: '/no-such-host' }));
  await until(() => agent.page.evaluate(() => errors.some((text) => text.includes('BROKER_ERROR'))), { what: 'the broker refuses' });
  await endOfPage();

  const sent = (await agent.sent()).join('\n');
  assert.ok(sent.includes(PASSCODE), 'the passcode was in use');
  assert.ok(tokens.size >= 2, 'there was more than one token');
  assert.ok(told.some((text) => text.includes('remedy: ')) && overheard.length > 0, 'there was something to hear');
  const kept = await agent.page.evaluate(async () => JSON.stringify([
    { ...localStorage }, document.cookie, await indexedDB.databases(), await caches.keys(), Object.keys(sessionStorage),
  ]));
  const places = { storage: kept, console: await agent.page.said(), others: overheard.join('\n'), page: told.join('\n') };
  for (const secret of [PASSCODE, wrong, '123456', 'sip-1001', ...tokens]) {
    // A short one stands in a longer number by chance.
    const alone = new RegExp(`(?<![\\da-f])${secret}(?![\\da-f])`);
    for (const [place, text] of Object.entries(places)) hasNot(text, alone, place);
  }
  const inTab = await agent.page.evaluate(() => Object.values({ ...sessionStorage }).join('\n'));
  for (const secret of [PASSCODE, wrong, '123456', 'sip-1001']) assert.ok(!inTab.includes(secret), `${secret} is in the storage of the tab`);
});

// Each piece of each has the animal in it, so that a part that is left shows.
const PASSWORDS = {
  'a regular expression': '^(Zebra+)+$.*[Zebra]{2}|Zebra?',
  'a replacement': '$&Zebra$1Zebra$`Zebra',
  quotes: 'Zebra"Zebra\'Zebra`Zebra"',
  backslashes: 'Zebra\\Zebra\\\\Zebra\\"Zebra\\',
  Chinese: '密码Zebra一二三"Zebra',
  markup: '</Zebra><!--Zebra-->',
  'control characters': 'Zebra\tZebra\u0001Zebra',
  'an escape': '\\u005aZebra\\nZebra',
  emoji: '🦓Zebra"🦓Zebra',
  'much text': 'Zebra"'.repeat(50),
};

for (const [kind, password] of Object.entries(PASSWORDS)) {
  test(`a password with ${kind} in it is hidden whole, and its record plays again`, async (t) => {
    const login = { token: password, sipPassword: password, webrtcSipPassword: password };
    const { agent, broker } = await logInAtFake(t, shared, { says: { login }, more: { agentPassword: password, connectPassword: password } });
    await agent.idle();
    assert.ok(JSON.stringify(broker.frames).includes('Zebra'), 'it was in use');
    await hiddenInRecord(agent, /Zebra/i);
  });
}

test('passwords that are numbers are hidden, and their record plays again', async (t) => {
  const login = { token: 908172635441, sipPassword: 554433221, webrtcSipPassword: -66778899.5 };
  const { agent } = await logInAtFake(t, shared, { says: { login } });
  await agent.idle();
  await hiddenInRecord(agent, /908172635441|554433221|66778899/);
});

test('a password that is a word of the protocol costs the record nothing', async (t) => {
  for (const password of ['Idle', 'event', 'data', 'success', 'Login', 'type', 'response', 'received']) {
    const { agent } = await logInAtFake(t, shared, { more: { agentPassword: password } });
    await agent.idle();
    await hiddenInRecord(agent, new RegExp(`password[^,]{1,4}:[^,]{0,4}${password}`));
  }
});

/** The record has nothing of this in it, every line of it is JSON, and played again it ends where the session is. */
async function hiddenInRecord(agent, secret) {
  const record = await agent.call('record');
  hasNot(record, secret, 'the record');
  for (const line of record.trim().split('\n')) JSON.parse(line);
  const [state, replayed] = await agent.page.evaluate((text) => [sdk.snapshot(), AgentSdk.replay(text)].map(({ agent: { state } }) => state), record);
  assert.deepEqual([state, replayed], ['Idle', 'Idle']);
}

test('whoever repeats a secret in a refusal does not make us tell it', async (t) => {
  const broker = await startFakeBroker({ error: `Access refused for user 'guest' with '${PASSCODE}'` });
  t.after(() => broker.stop());
  const refused = await openAgent(t, { sandbox: broker, browser: shared.browser });
  await refused.start(optionsFor(broker, { connectPassword: PASSCODE }));
  const message = await refused.exception(/Access refused/);
  assert.ok(!message.includes(PASSCODE), message);

  const agentPassword = 'agent-password-4711';
  const { agent, broker: platform } = await logInAtFake(t, shared, { more: { agentPassword } });
  platform.push({ type: 'response', response: 'login', sequence: 1, status: 7, msg: `密码 ${agentPassword} 已过期` });
  assert.ok(!(await agent.exception(/已过期/)).includes(agentPassword));
  await until(async () => (await agent.message.textContent()).includes('已过期'), { what: 'the toolbar says so' });
  assert.ok(!(await agent.message.textContent()).includes(agentPassword));
});

test('an address is told without what stands behind its question mark', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { url: 'ws://unknown.invalid/ws?key=key-in-the-address' }));
  assert.doesNotMatch(await agent.exception(/unknown\.invalid/), /key-in-the-address/);
});
