import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { REACTS, bundle, openApp } from '../lib/bundled.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** Options for a toolbar in a component: it says itself where it is. */
const own = (more) => optionsFor(shared.sandbox, { el: undefined, ...more });

const told = (page, event) => until(() => page.evaluate((name) => window.told.find((one) => one.event === name), event), { what: `${event} is told` });

const opened = (page) => page.evaluate(() => sockets.length);
const closed = (page) => until(() => page.evaluate(() => sockets.length > 0 && sockets.every(({ isOpen }) => !isOpen)), { what: 'no socket is open' });

const nowState = async (agent) => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === agent)?.nowState;

const reacts = Object.entries(REACTS).map(([version, alias]) => [`React ${version}`, () => bundle('react.mjs', { alias })]);

for (const [name, script] of [...reacts, ['Vue', () => bundle('vue.mjs')]]) {
  const open = async (t, more) => openApp(t, shared, await script(), { options: own(), ...more });
  const start = async (t, props = {}, more = {}) => {
    const page = await open(t, more);
    await page.evaluate((given) => app.set({ options, ...given }), props);
    await told(page, 'Login');
    return page;
  };

  test(`${name}: a toolbar is drawn, signs in, and tells what happens with all that the SDK tells`, async (t) => {
    const page = await start(t, { lang: 'en', theme: 'dark', className: 'top', id: 'bar' });
    await page.locator('agent-toolbar#bar.top [part~=chip]').waitFor();
    assert.deepEqual(await page.evaluate(() => told.find(({ event }) => event === 'StateChange')).then(({ first }) => first), 'connected');
    const { count, first } = await told(page, 'Login');
    assert.deepEqual([count, first.agentNumber], [2, '1001']);
    assert.equal(await page.evaluate(() => bar === document.querySelector('agent-toolbar') && bar.sdk === sdk), true, 'a ref gives the element');
    assert.equal(await page.locator('#card').evaluate((card) => card.assignedSlot.name), 'customer-card');
  });

  test(`${name}: a call that comes in reaches the handler of now, which may be another one each time`, async (t) => {
    const page = await start(t);
    await page.evaluate(() => { sdk.idle(); });
    await told(page, 'Idle');
    await page.evaluate(() => app.set({ listens: ['AgentRinging'] }));
    await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
    assert.equal((await told(page, 'AgentRinging')).first.data.caller, '13912345678');
  });

  test(`${name}: nothing is listened to that nobody wants to know`, async (t) => {
    const page = await start(t);
    await page.evaluate(() => app.set({ listens: [] }));
    await page.evaluate(() => sdk.request.idle());
    assert.equal(await page.evaluate(() => told.some(({ event }) => event === 'Idle')), false);
    await page.evaluate(() => app.set({ listens: ['Busy', 'snapshot'] }));
    await page.evaluate(() => sdk.request.busy());
    await told(page, 'Busy');
    assert.equal((await told(page, 'snapshot')).first.agent.number, '1001');
  });

  test(`${name}: language, theme and density follow their props, and the session goes on`, async (t) => {
    const page = await start(t, { lang: 'en', theme: 'light' });
    const bar = page.locator('agent-toolbar [part~=bar]');
    const says = () => bar.getAttribute('aria-label');
    assert.equal(await says(), 'Agent toolbar');
    await page.evaluate(() => app.set({ lang: 'zh-CN', theme: 'dark', density: 'compact' }));
    await until(async () => await says() === '座席工具条', { what: 'it speaks Chinese' });
    assert.deepEqual(await page.evaluate(() => [bar.getAttribute('theme'), bar.getAttribute('density')]), ['dark', 'compact']);
    assert.equal(await bar.evaluate((element) => element.getBoundingClientRect().height), 36);
    assert.equal(await opened(page), 1);
  });

  test(`${name}: options that say the same keep the session, others start it anew, and hooks are the newest`, async (t) => {
    const page = await start(t);
    const dial = () => page.evaluate(async () => {
      const field = bar.shadowRoot.querySelector('[part~=dial-field] input');
      field.value = '13812345678';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    });
    await page.evaluate(() => {
      window.asked = [];
      app.set({ options: { ...options, features: { wall: true }, onBeforeDial: () => { asked.push('old'); return false; } } });
    });
    await until(() => page.evaluate(() => sockets.length === 2), { what: 'a hook where there was none starts it anew' });
    await until(() => page.evaluate(() => sdk.isLogin()), { what: 'it is signed in' });
    await page.evaluate(() => app.set({ options: { ...options, features: { wall: true }, onBeforeDial: () => { asked.push('new'); return false; } } }));
    await page.evaluate(() => sdk.request.idle());
    await page.locator('agent-toolbar [part~=dial-field] input').waitFor();
    await until(async () => {
      await dial();
      return page.evaluate(() => asked.length);
    }, { what: 'the hook is asked' });
    assert.equal((await page.evaluate(() => asked))[0], 'new');
    assert.equal(await opened(page), 2);
    await page.evaluate(() => app.set({ options: { ...options, agentNumber: '1002' } }));
    await until(async () => await nowState('1002') !== undefined && page.evaluate(() => sdk.snapshot().agent.number === '1002' && sdk.isLogin()), { what: 'the other agent is signed in' });
  });

  test(`${name}: unmounted it signs out, closes its socket and is not shown`, async (t) => {
    const page = await start(t);
    await page.evaluate(() => { window.before = sdk; });
    await page.evaluate(() => app.set({ gone: true }));
    await closed(page);
    await until(async () => !['Login', 'Idle', 'Busy'].includes(await nowState('1001')), { what: 'the agent is signed out' });
    assert.equal(await page.evaluate(() => document.querySelector('agent-toolbar')), null);
    assert.deepEqual(await page.evaluate(() => [window.sdk, before.snapshot()]), [undefined, undefined], 'and takes up no room');
  });

  test(`${name}: unmounted during a call it ends with the call, and whoever mounts it meanwhile goes on with it`, async (t) => {
    const page = await start(t);
    await page.evaluate(() => sdk.request.idle());
    const call = await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
    await until(() => page.evaluate(() => sdk.snapshot().call?.since), { what: 'both sides talk' });
    await page.evaluate(() => { window.before = sdk; });
    await page.evaluate(() => app.set({ gone: true }));
    await until(() => page.evaluate(() => window.sdk === undefined), { what: 'it is unmounted' });
    assert.equal(await page.evaluate(() => before.isConversation()), true);
    await page.evaluate(() => app.set({ gone: false }));
    await page.locator('agent-toolbar [part~=hangup]').waitFor();
    assert.deepEqual(await page.evaluate(() => [sdk === before, sockets.length]), [true, 1]);
    await page.evaluate(() => app.set({ gone: true }));
    await shared.sandbox.hangUp(call);
    await closed(page);
  });

  test(`${name}: a session of the page's is shown, and goes on without the component`, async (t) => {
    const page = await open(t);
    await page.evaluate(async () => {
      const { AgentSdk } = await import('./agent-toolbar-inline.mjs');
      window.mine = new AgentSdk(options);
      mine.on('Login', () => app.set({ sdk: mine }));
    });
    await page.locator('agent-toolbar [part~=chip]').waitFor();
    await page.evaluate(() => app.set({ gone: true }));
    await until(() => page.evaluate(() => window.sdk === undefined), { what: 'it is unmounted' });
    assert.equal(await page.evaluate(() => mine.isLogin()), true);
  });

  test(`${name}: a command says whether it is possible, and what it failed by`, async (t) => {
    const page = await open(t);
    await page.evaluate(() => app.set({ options }));
    const ready = page.locator('#ready');
    await page.locator('#ready:enabled').waitFor();
    await ready.click();
    await until(async () => await page.locator('output').textContent() === 'ready', { what: 'the agent is ready' });
    const call = await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
    await page.locator('#ready:disabled').waitFor();
    await shared.sandbox.hangUp(call);
    await page.locator('#ready:enabled').waitFor();
    await page.evaluate(() => { sdk.request.idle = () => Promise.reject(Object.assign(new Error('no'), { code: 'REFUSED' })); });
    await ready.click();
    await until(async () => await page.locator('b').textContent() === 'REFUSED', { what: 'the error is told' });
    assert.equal(await ready.isEnabled(), true);
  });

  test(`${name}: a part that did not change is the same object, and another one where it did`, async (t) => {
    const page = await start(t, { listens: ['Login'] });
    await until(() => page.evaluate(() => window.agent?.loggedIn), { what: 'the part is of now' });
    const [agent, queue, isTold] = await page.evaluate(async () => {
      const was = { agent: window.agent, queue: window.queue };
      const all = [];
      const changed = new Promise((resolve) => {
        sdk.on('snapshot', (_snapshot, parts) => {
          all.push(...parts);
          if (parts.includes('agent')) resolve();
        });
      });
      await Promise.all([sdk.request.busy(), changed]);
      // Drawn anew in any case.
      app.set({ id: 'again' });
      await new Promise((resolve) => {
        const look = () => (bar.id === 'again' ? resolve() : requestAnimationFrame(look));
        look();
      });
      return [window.agent === was.agent, window.queue === was.queue, all.includes('queue')];
    });
    assert.equal(agent, false);
    assert.equal(queue, !isTold);
  });

  test(`${name}: a wrong option is told as an exception, and a right one helps`, async (t) => {
    const page = await open(t);
    await page.evaluate(() => app.set({ options: { ...options, url: 'http://nowhere' } }));
    assert.match((await told(page, 'Exception')).first.message, /ws:\/\//);
    await page.evaluate(() => app.set({ options }));
    await told(page, 'Login');
  });

  test(`${name}: what a server drew is taken over without a word`, async (t) => {
    const page = await open(t, { html: '<main><agent-toolbar lang="en"><p slot="customer-card" id="card">Gold customer</p></agent-toolbar><output>none</output><button id="ready" disabled="">Ready</button><b></b></main>' });
    await page.evaluate(() => { window.drawn = document.querySelector('agent-toolbar'); });
    await page.evaluate(() => app.hydrate({ options, lang: 'en' }));
    await told(page, 'Login');
    assert.equal(await page.evaluate(() => drawn === bar), true);
    assert.doesNotMatch(await page.said(), /hydrat|mismatch|did not match/i);
  });
}

for (const [name, script] of reacts) {
  test(`${name}: strict mode, which mounts all twice, makes one session`, async (t) => {
    const page = await openApp(t, shared, await script(), { options: own() });
    await page.evaluate(() => {
      app.strict = true;
      app.set({ options });
    });
    await told(page, 'Login');
    assert.equal(await opened(page), 1);
    assert.equal(await page.evaluate(() => told.filter(({ event }) => event === 'Login').length), 1);
    await page.evaluate(() => app.set({ lang: 'en' }));
    await page.evaluate(() => app.set({ gone: true }));
    await closed(page);
    assert.equal(await opened(page), 1);
    assert.doesNotMatch(await page.said(), /warning/i);
  });
}

test('Vue: options that are changed where they are start the session anew', async (t) => {
  const page = await openApp(t, shared, await bundle('vue.mjs'), { options: own() });
  await page.evaluate(() => {
    window.changing = app.reactive(options);
    app.set({ options: changing });
  });
  await told(page, 'Login');
  await page.evaluate(() => { changing.agentNumber = '1002'; });
  await until(() => page.evaluate(() => sdk.snapshot().agent.number === '1002' && sdk.isLogin()), { what: 'the other agent is signed in' });
});
