// Pages whose policy lets no worker be, or does not name us: what they lose is said once, and the rest works.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, optionsFor, withSandbox } from '../lib/agent.mjs';
import { openStrict, packed, POLICIES } from '../lib/strict-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** Lines of the console that are ours. */
const ours = async (agent) => (await agent.page.said()).split('\n').map((line) => line.match(/agent-toolbar: .*/)?.[0]).filter(Boolean);

/** The directives that something was kept from happening by, each once. */
const directives = async (agent) => [...new Set((await agent.refused()).map((one) => one.split(':')[0]))];

const rows = (agent) => agent.toolbar.locator('[data-pop=wall] .scroller [role=row]:visible');

for (const build of ['script', 'module']) {
  for (const [name, policy] of Object.entries(POLICIES)) {
    const without = `${policy.replace("worker-src 'self'; ", '')}; worker-src 'none'`;

    test(`a page with the policy "${name}" that lets no worker be works with the ${build}, and says once what it loses`, async (t) => {
      await logIn(t, shared, { more: { agentNumber: '1002' } });
      const agent = await openStrict(t, shared, { policy: without, build });
      await agent.start(optionsFor(shared.sandbox, { agentNumber: '1000', loginType: 3, pingInterval: 1000 }));
      await agent.event('Login');
      await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
      // By timers of the page's own.
      await until(async () => (await agent.sent()).filter((frame) => frame.includes('"request":"heartbeat"')).length > 2, { what: 'heart-beats' });
      await shared.sandbox.fault('drop-sockets', { path: '/ws' });
      await agent.event('Reconnect');
      for (let time = 0; time < 2; time += 1) {
        await agent.call('openPanel', 'wall');
        await rows(agent).first().waitFor();
        await agent.call('closePanel');
        await rows(agent).first().waitFor({ state: 'detached' });
      }
      await until(async () => (await ours(agent)).length > 1, { what: 'it is said' });
      const said = (await ours(agent)).sort();
      assert.equal(said.length, 2, said.join('\n'));
      assert.match(said[0], /no worker for heart-beats/);
      assert.match(said[1], /no worker for the wall/);
      assert.deepEqual(await directives(agent), ['worker-src']);
    });
  }
}

test('a page that requires Trusted Types and does not name our policy works, and says what it loses', async (t) => {
  const agent = await openStrict(t, shared, { policy: POLICIES.self.replace('trusted-types agent-toolbar', 'trusted-types theirs') });
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  await agent.chipShows('就绪');
  await until(async () => (await ours(agent)).length > 1, { what: 'it is said' });
  const said = (await ours(agent)).join('\n');
  assert.match(said, /no worker for heart-beats/);
  assert.match(said, /this panel cannot be shown.*TrustedScriptURL/);
  await agent.toolbar.locator('[part~=bar] svg path').first().waitFor({ state: 'attached' });
  assert.deepEqual((await directives(agent)).sort(), ['require-trusted-types-for', 'trusted-types']);
});

test('a script from elsewhere works in a page that requires Trusted Types, its workers from blobs', async (t) => {
  await logIn(t, shared, { more: { agentNumber: '1002' } });
  const lib = 'http://elsewhere.example/lib/';
  const policy = `default-src 'self'; script-src 'self' ${lib} 'wasm-unsafe-eval'; worker-src blob:; require-trusted-types-for 'script'; trusted-types agent-toolbar`;
  const scripts = `<script src="${lib}agent-toolbar.js"></script><script src="/strict/page.js"></script>`;
  const profile = await shared.browser.newContext({ viewport: { width: 1680, height: 900 } });
  t.after(() => profile.close());
  await profile.route(`${lib}*`, (route) => route.fulfill(packed(new URL(route.request().url()).pathname.replace('/lib/', ''))));
  const agent = await openStrict(t, shared, { policy, scripts, profile });
  await agent.start(optionsFor(shared.sandbox, { agentNumber: '1000' }));
  await agent.event('Login');
  await agent.call('openPanel', 'wall');
  await rows(agent).first().waitFor();
  assert.deepEqual(await agent.refused(), []);
  assert.deepEqual(await ours(agent), []);
});

test('the policy admits no address but those of our own files', async (t) => {
  const agent = await openStrict(t, shared, { policy: POLICIES.self });
  // What the part is given is the only way to it from outside.
  const answers = await agent.page.evaluate(() => new Promise((resolve) => {
    new MutationObserver((changes) => {
      const part = changes.flatMap(({ addedNodes }) => [...addedNodes]).find(({ trusted }) => trusted);
      if (!part) return;
      const addresses = ['https://elsewhere.example/agent-toolbar-panels.js', '/pkg/other.js', 'data:text/javascript,0', 'javascript:0', part.src];
      resolve(addresses.map((address) => part.trusted(new URL(address, location.href).href) instanceof TrustedScriptURL));
    }).observe(document.head, { childList: true });
    startSdk({ url: `ws://${location.host}/ws`, host: '/', connectAccount: 'guest', subscribePath: '/topic', companyShortName: 'demo', agentNumber: '1001', agentPassword: '123456', loginType: 1, el: '#toolbar' });
  }));
  assert.deepEqual(answers, [false, false, false, false, true]);
});
