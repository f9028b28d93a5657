import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { ownClock } from '../lib/page-clock.mjs';
import { PKG } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** An agent whose sign-in a broker refuses that says no more than that. */
async function refusedAtFake(t) {
  const broker = await startFakeBroker({ refuses: (request) => request === 'login' });
  t.after(() => broker.stop());
  const agent = await openAgent(t, { ...shared, sandbox: broker });
  await agent.start(optionsFor(broker, { lang: 'en' }));
  return agent;
}

test('an agent logs in and becomes ready', async (t) => {
  const agent = await logIn(t, shared);
  const [login] = await agent.values('Login');
  assert.equal(login.data.loginType, 1);
  assert.deepEqual(login.data.groupIdList, ['g-sales']);
  assert.equal(await agent.call('isConnected'), true);
  assert.equal(await agent.call('isLogin'), true);

  await agent.idle();
  const { agents } = await shared.sandbox.state();
  assert.equal(agents.find(({ agentNumber }) => agentNumber === '1001').nowState, 'Idle');
  assert.equal(await agent.toolbar.getByRole('toolbar').count(), 1);
});

test('a toolbar that signs in by itself shows that, and never that nobody is signed in', async (t) => {
  const agent = await openAgent(t, shared);
  const said = await agent.page.evaluate((options) => new Promise((resolve) => {
    startSdk(options);
    const { shadowRoot } = document.querySelector('agent-toolbar');
    const seen = [];
    const look = () => seen.push(shadowRoot.querySelector('[part~=chip]').ariaLabel);
    look();
    new MutationObserver(look).observe(shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
    sdk.on('Login', () => setTimeout(() => resolve(seen)));
  }), optionsFor(shared.sandbox, { lang: 'en' }));
  assert.equal(said[0], 'Connecting');
  assert.match(said.at(-1), /^Signed in/);
  assert.deepEqual(said.filter((text) => !/^(Connecting|Signed in)/.test(text)), []);
});

test('a link that takes a moment is not announced, one that takes longer is, and can be given up', async (t) => {
  // Takes what it is sent and never answers.
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.close());
  // Slower than the machine: only the first try can be given up, and it lasts five seconds.
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(ownClock);
  await profile.addInitScript(() => clock.fast(0.2));
  const agent = await openAgent(t, shared, { profile });
  const messages = await agent.page.evaluate((options) => {
    startSdk(options);
    return document.querySelector('agent-toolbar').shadowRoot.querySelectorAll('[part~=message]').length;
  }, optionsFor(shared.sandbox, { lang: 'en', url: `ws://127.0.0.1:${silent.address().port}/ws` }));
  assert.equal(messages, 0);
  await agent.message.getByText('Reaching the agent service').waitFor();
  await agent.press(agent.toolbar.getByRole('button', { name: 'Cancel' }), () => agent.message.getByText('Not connected').isVisible());
});

test('the version is that of the package', async (t) => {
  const agent = await logIn(t, shared);
  const { version } = JSON.parse(await readFile(`${PKG}package.json`, 'utf8'));
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(await agent.call('getVersion'), version);
});

test('a wrong password is refused in words, and the link stays', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'wrong' }));
  assert.equal(await agent.exception(/密码/), '工号或密码错误');
  assert.deepEqual(await agent.values('Login'), []);
  assert.equal(await agent.call('isConnected'), true);
  assert.equal(await agent.call('isLogin'), false);
  await agent.message.getByText('工号或密码不对').waitFor();
});

test('a wrong password is told to the agent in the agent\'s language, and to the page as the platform says it', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'wrong', lang: 'en' }));
  assert.equal(await agent.exception(/密码/), '工号或密码错误');
  await agent.message.getByText('Wrong number or password').waitFor();
  await agent.message.getByText('Ask your supervisor to reset it.').waitFor();
  assert.doesNotMatch(await agent.message.textContent(), /\p{Script=Han}/u);
  await agent.call('setLang', 'zh-CN');
  await agent.message.getByText('忘记密码请找班长。').waitFor();
});

test('a sign-in that is refused for something else is told in the platform\'s words', async (t) => {
  const agent = await refusedAtFake(t);
  await agent.message.getByText('refused', { exact: true }).waitFor();
  await agent.message.getByText('Check number and password.').waitFor();
});
