import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { gets } from '../lib/promise-form.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const PASSWORD = '123456';

/** A page whose SDK asks it for the password: `answers` are the bodies of functions, used one after the other, the last for ever. */
async function open(t, answers, more) {
  const agent = await openAgent(t, shared);
  const { agentPassword, ...options } = optionsFor(shared.sandbox, more);
  await agent.page.evaluate(([given, bodies]) => {
    window.asked = 0;
    window.codes = [];
    const functions = bodies.map((body) => new Function(body));
    startSdk({ ...given, credentials: () => functions[Math.min(asked++, functions.length - 1)]() });
    sdk.on('Exception', ({ code, message }) => codes.push({ code, message }));
  }, [options, answers]);
  return agent;
}

const asked = (agent) => agent.page.evaluate(() => window.asked);
const codes = (agent) => agent.page.evaluate(() => window.codes);
const GIVES = `return Promise.resolve({ agentPassword: '${PASSWORD}' })`;

/** All that this page keeps anywhere. */
const kept = (agent) => agent.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));

const logins = async (agent) => (await agent.sent()).filter((frame) => frame.includes('"request":"login"'));

test('the password is asked for when a login needs it, and kept nowhere', async (t) => {
  const agent = await open(t, [GIVES]);
  await agent.event('Login');
  assert.equal(await asked(agent), 1);
  assert.match((await logins(agent))[0], new RegExp(`"password":"${PASSWORD}"`));
  assert.ok(!(await kept(agent)).includes(PASSWORD));
  assert.ok(!(await agent.call('record')).includes(`"${PASSWORD}`));

  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');
  assert.equal(await asked(agent), 1, 'a token that is good needs no password');

  await gets(agent, 'logout');
  await gets(agent, 'login');
  assert.equal(await asked(agent), 2, 'a login does');
  assert.ok(!(await kept(agent)).includes(PASSWORD));
});

test('it may be given at once, under its other name, and with who logs in', async (t) => {
  const agent = await open(t, [`return { agentNumber: '1002', password: '${PASSWORD}', companyShortName: 'demo' }`], {
    agentNumber: undefined, companyShortName: undefined,
  });
  await agent.event('Login');
  const { agent: who } = await agent.call('snapshot');
  assert.deepEqual([who.number, who.company, who.loggedIn], ['1002', 'demo', true]);
  assert.equal(await asked(agent), 1);
});

test('a token that is refused has it asked for again', async (t) => {
  const agent = await open(t, [GIVES]);
  await agent.event('Login');
  await gets(agent, 'idle');
  await shared.sandbox.fault('expire-tokens', { answer: 'negative' });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Login', { nth: 2 });
  assert.equal(await asked(agent), 2);

  // Without losing the link as well: the next command finds out.
  await shared.sandbox.fault('expire-tokens', { answer: 'negative' });
  await agent.call('busy');
  await agent.event('Login', { nth: 3 });
  assert.equal(await asked(agent), 3);
  assert.ok(!(await kept(agent)).includes(PASSWORD));
});

test('a token that nobody answers to has it asked for again', async (t) => {
  const agent = await open(t, [GIVES], { timeout: 1000 });
  await agent.event('Login');
  await shared.sandbox.fault('expire-tokens');
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Login', { nth: 2 });
  assert.equal(await asked(agent), 2);
});

for (const [what, body, words] of [
  ['a rejected promise', "return Promise.reject(new Error('the vault is closed'))", 'the vault is closed'],
  ['a rejection without an error', "return Promise.reject('closed')", 'closed'],
  ['an exception', "throw new Error('the vault is closed')", 'the vault is closed'],
  ['nothing', 'return undefined', 'undefined'],
  ['no password', "return { agentNumber: '1001' }", 'object'],
]) {
  test(`${what} is told, and login() asks again`, async (t) => {
    const agent = await open(t, [body, GIVES]);
    const [first, ...more] = await until(async () => {
      const all = await codes(agent);
      return all.length > 0 && all;
    }, { what: 'an Exception' });
    assert.deepEqual([first, more], [{ code: 'CREDENTIALS_FAILED', message: `credentials 没有给出登录信息: ${words}` }, []]);
    assert.deepEqual([await agent.call('isConnected'), await agent.call('isLogin')], [true, false]);
    assert.deepEqual(await logins(agent), []);

    await agent.call('login');
    await agent.event('Login');
    assert.equal(await asked(agent), 2);
  });
}

test('a password that is refused is not asked for again by itself', async (t) => {
  const agent = await open(t, ["return { agentPassword: 'refused-4711' }", GIVES]);
  await agent.exception(/工号或密码错误/);
  assert.equal(await asked(agent), 1);
  assert.ok(!(await kept(agent)).includes('refused-4711'));
  assert.ok(!(await agent.call('record')).includes('refused-4711'));
  await agent.call('login');
  await until(async () => await asked(agent) === 2, { what: 'login() asks again' });
  await agent.event('Login');
});

test('an answer that comes after a new start counts for nothing', async (t) => {
  const agent = await open(t, ["return new Promise((resolve) => { window.late = resolve; })", GIVES]);
  await until(() => agent.page.evaluate(() => 'late' in window), { what: 'the page is asked' });
  await agent.call('init');
  await agent.event('Login');
  await agent.page.evaluate(() => late({ agentNumber: '1003', agentPassword: 'late' }));
  await gets(agent, 'idle');
  assert.equal((await agent.call('snapshot')).agent.number, '1001');
  assert.equal((await logins(agent)).length, 1);
});
