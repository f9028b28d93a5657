// Two versions of the SDK on one page: each has its own element, sockets and storage, and neither disturbs the other.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { PKG } from '../lib/paths.mjs';
import { openStrict, POLICIES } from '../lib/strict-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';
const OLDER = '0.0.1';
const PAGE = '<script src="/strict/page.js"></script>';
const javascript = (body) => ({ contentType: 'text/javascript; charset=utf-8', body });

/** The package as another version of it: a script that calls itself so, of a build of its own, and its parts. */
async function older() {
  const read = (name) => readFile(join(PKG, name), 'utf8');
  const [script, panels, roster, worker] = await Promise.all(['', '-panels', '-roster', '-worker'].map((name) => read(`agent-toolbar${name}.js`)));
  const [, build] = panels.match(/take\("([0-9a-f]+)"/);
  const { version } = JSON.parse(await read('package.json'));
  const other = (text) => text.replaceAll(`"${build}"`, '"0lder"').replaceAll(`b=${build}`, 'b=0lder').replace(`"${version}"`, `"${OLDER}"`);
  assert.ok(script.includes(`"${version}"`));
  return {
    '/older/agent-toolbar.js': javascript(other(script)),
    '/older/agent-toolbar-panels.js': javascript(other(panels)),
    '/older/agent-toolbar-roster.js': javascript(roster),
    '/older/agent-toolbar-worker.js': javascript(worker),
  };
}

const KEEP_OLDER = { '/older/keep.js': javascript('window.Older = AgentSdk;') };
const KEEP_NEWER = { '/newer/keep.js': javascript('window.Newer = AgentSdk;') };

const WAYS = {
  'two scripts': '<script src="/older/agent-toolbar.js"></script><script src="/older/keep.js"></script>'
    + '<script src="/pkg/agent-toolbar.js"></script><script src="/newer/keep.js"></script>',
  'a script and a module': '<script src="/older/agent-toolbar.js"></script><script src="/older/keep.js"></script>'
    + '<script type="module" src="/newer/module.js"></script>',
};
const MODULE = { '/newer/module.js': javascript("import { AgentSdk, AgentToolbarElement } from '/pkg/agent-toolbar-inline.mjs';\nObject.assign(window, { Newer: AgentSdk, NewerElement: AgentToolbarElement });") };

async function openBoth(t, way) {
  const pages = { ...await older(), ...KEEP_OLDER, ...KEEP_NEWER, ...MODULE };
  const policy = POLICIES.self.replace('trusted-types agent-toolbar', "trusted-types agent-toolbar 'allow-duplicates'");
  const agent = await openStrict(t, shared, { policy, scripts: PAGE + WAYS[way], pages });
  await agent.page.waitForFunction(() => window.Newer && window.Older);
  await agent.page.evaluate(() => {
    for (const name of ['first', 'second']) {
      const place = document.body.appendChild(document.createElement('div'));
      place.id = name;
    }
    window.told = { first: [], second: [] };
    // Both at once, each with an agent, a place and listeners of its own.
    window.begin = (name, Sdk, options) => {
      const one = window[name] = new Sdk(options);
      for (const event of ['Login', 'Idle', 'AgentRinging', 'Conversation', 'After', 'Exception', 'Kick', 'Close']) one.on(event, () => told[name].push(event));
    };
  });
  return agent;
}

const says = (agent, run) => agent.page.evaluate(run);

for (const way of Object.keys(WAYS)) {
  test(`${way} of different versions serve two agents at a time`, async (t) => {
    const agent = await openBoth(t, way);
    const [one, two] = [['#first', '1001'], ['#second', '1002']]
      .map(([el, agentNumber]) => optionsFor(shared.sandbox, { el, agentNumber, loginType: 3, theme: el === '#first' ? 'light' : 'dark' }));
    await agent.page.evaluate(([first, second]) => {
      begin('first', Older, first);
      begin('second', Newer, second);
    }, [one, two]);
    await until(() => says(agent, () => first.isRegistered() && second.isRegistered()), { what: 'both phones are registered' });
    const [before, now] = await says(agent, () => [first.getVersion(), second.getVersion()]);
    assert.equal(before, OLDER);
    assert.notEqual(now, OLDER);

    // Each has a phone of its own version, its own sockets and its own bar.
    assert.deepEqual(await says(agent, () => [first, second].map((sdk) => sdk.getSoftPhoneInstance().constructor === SoftPhoneSdk)), way === 'two scripts' ? [false, true] : [true, false]);
    assert.equal(await says(agent, () => first.sws.ws.ws === second.sws.ws.ws), false);
    assert.equal(await says(agent, () => sockets.filter(({ isOpen }) => isOpen).length), 4);
    assert.deepEqual(await says(agent, () => ['first', 'second'].map((id) => document.querySelectorAll(`#${id} > agent-toolbar`).length)), [1, 1]);
    const sheets = await says(agent, () => [first, second].map(({ element }) => element.shadowRoot.adoptedStyleSheets.length));
    assert.deepEqual(sheets, [1, 1]);
    assert.ok(await says(agent, () => first.element.shadowRoot.adoptedStyleSheets[0] !== second.element.shadowRoot.adoptedStyleSheets[0]));
    const keys = await says(agent, () => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)).filter((key) => key.includes('\n')));
    for (const number of ['1001', '1002']) assert.ok(keys.some((key) => key.endsWith(`\n${number}`)), `${number} has its own`);

    // What one does the other does not hear of.
    await says(agent, () => second.idle());
    await until(() => says(agent, () => told.second.includes('Idle')), { what: 'the second is ready' });
    const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1002' });
    await until(() => says(agent, () => told.second.includes('AgentRinging')), { what: 'the second rings' });
    const answer = agent.page.locator('#second [part~=bar] [data-act=answer]:visible').first();
    await agent.press(answer, () => says(agent, () => told.second.includes('Conversation')));
    assert.deepEqual(await says(agent, () => told.first), ['Login']);
    await says(agent, () => first.idle());
    await until(() => says(agent, () => first.snapshot().agent.state === 'Idle'), { what: 'the first is ready' });
    assert.equal(await says(agent, () => second.isConversation()), true);

    // Panels of both, each drawn by the part of its own version.
    for (const name of ['first', 'second']) {
      await agent.page.evaluate((which) => window[which].openPanel('settings'), name);
      await agent.page.locator(`#${name}`).getByRole('dialog', { name: '设置' }).waitFor();
      await agent.page.evaluate((which) => window[which].closePanel(), name);
    }

    // Where one ends, the other goes on.
    await says(agent, () => first.break());
    await until(() => says(agent, () => !first.isConnected()), { what: 'the first has ended' });
    await says(agent, () => first.element.remove());
    await shared.sandbox.hangUp(callId);
    await until(() => says(agent, () => told.second.includes('After')), { what: 'the second hears that its call is over' });
    assert.deepEqual(await says(agent, () => told.second.filter((name) => /Exception|Kick|Close/.test(name))), []);
    assert.deepEqual(await agent.refused(), []);
    assert.equal(await agent.page.said(), '');
  });

  test(`of ${way} the first owns the element, and the last script the globals`, async (t) => {
    const agent = await openBoth(t, way);
    assert.equal(await says(agent, () => window.AgentSdk === Newer), way === 'two scripts');
    assert.equal(await says(agent, () => window.AgentSdk === Older), way !== 'two scripts');
    // An element that the page makes is the first one's, and starts a session of it.
    await agent.page.evaluate((options) => {
      window.bar = document.body.appendChild(document.createElement('agent-toolbar'));
      bar.options = options;
    }, optionsFor(shared.sandbox, { el: undefined }));
    await until(() => says(agent, () => bar.sdk.isLogin()), { what: 'it is logged in' });
    assert.ok(await says(agent, () => bar.sdk instanceof Older));
    // Given such an element, the other draws in one of its own inside it.
    await agent.page.evaluate((options) => {
      window.theirs = document.body.appendChild(document.createElement('agent-toolbar'));
      begin('second', Newer, { ...options, el: theirs });
    }, optionsFor(shared.sandbox, { agentNumber: '1002' }));
    await until(() => says(agent, () => told.second.includes('Login')), { what: 'the second is logged in' });
    await agent.page.locator('agent-toolbar > agent-toolbar [part~=bar]').waitFor();
  });
}

test('a module\'s element may have another name beside a script\'s', async (t) => {
  const agent = await openBoth(t, 'a script and a module');
  await agent.page.evaluate((options) => {
    customElements.define('newer-toolbar', NewerElement);
    window.bar = document.body.appendChild(document.createElement('newer-toolbar'));
    bar.options = options;
  }, optionsFor(shared.sandbox, { el: undefined }));
  await until(() => says(agent, () => bar.sdk?.isLogin()), { what: 'it is logged in' });
  assert.ok(await says(agent, () => bar.sdk instanceof Newer && Boolean(bar.shadowRoot.querySelector('[part~=bar]'))));
});

test('a phone that the page brings is used by both', async (t) => {
  const agent = await openBoth(t, 'two scripts');
  await agent.page.evaluate((options) => {
    window.SoftPhoneSdk = class {
      on() {}
      off() {}
    };
    begin('first', Older, options[0]);
    begin('second', Newer, options[1]);
  }, ['1001', '1002'].map((agentNumber, at) => optionsFor(shared.sandbox, { el: ['#first', '#second'][at], agentNumber, loginType: 3 })));
  await until(() => says(agent, () => [first, second].every((sdk) => sdk.getSoftPhoneInstance() instanceof SoftPhoneSdk)), { what: 'both have the page\'s phone' });
});
