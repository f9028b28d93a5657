import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** Options for an element: it says itself where the toolbar is. */
const own = (more) => optionsFor(shared.sandbox, { el: undefined, ...more });

/** Puts an element into the page and keeps it as `name`, with what it tells of these events; `told` is all of it. */
const putElement = (agent, { name = 'bar', events = [], attributes = {}, options } = {}) => agent.page.evaluate((given) => {
  const element = window[given.name] = document.createElement('agent-toolbar');
  window.told ??= [];
  for (const event of given.events) {
    element.addEventListener(`agent-${event}`, ({ detail, bubbles, composed }) => told.push({ event, detail: plain(detail), bubbles, composed }));
  }
  for (const [attribute, value] of Object.entries(given.attributes)) element.setAttribute(attribute, value);
  document.body.append(element);
  if (given.options) element.options = given.options;
}, { name, events, attributes, options });

const told = (agent, event) => until(() => agent.page.evaluate((name) => told.find((one) => one.event === name), event), { what: `agent-${event} is told` });

const isDrawn = (agent, name = 'bar') => agent.page.evaluate((one) => Boolean(window[one].shadowRoot?.querySelector('[part~=bar]')), name);

test('an element with options logs in, shows the toolbar and tells what happens', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent, { events: ['Login', 'StateChange', 'Open', 'snapshot'], options: own() });
  const login = await told(agent, 'Login');
  assert.deepEqual([login.detail.event, login.detail.agentNumber, login.bubbles, login.composed], ['Login', '1001', true, true]);
  assert.equal((await told(agent, 'StateChange')).detail, 'connected');
  assert.equal((await told(agent, 'Open')).detail.command, 'CONNECTED');
  assert.ok((await told(agent, 'snapshot')).detail.agent, 'also what is worked out only for who listens');
  assert.ok(await isDrawn(agent));
});

test('who listens further up hears of it, and who listens to the SDK as well', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(() => {
    window.above = [];
    document.addEventListener('agent-Login', ({ detail, target }) => above.push([detail.event, target.localName]));
  });
  await putElement(agent, { options: own() });
  await until(() => agent.page.evaluate(() => above.length), { what: 'the document is told' });
  assert.deepEqual(await agent.page.evaluate(() => above), [['Login', 'agent-toolbar']]);
  await agent.page.evaluate(() => {
    window.both = [];
    bar.sdk.on('Idle', (event) => both.push(event));
    bar.addEventListener('agent-Idle', ({ detail }) => both.push(detail));
    bar.sdk.idle();
  });
  await until(() => agent.page.evaluate(() => both.length === 2), { what: 'both are told' });
  assert.ok(await agent.page.evaluate(() => both[0] === both[1]), 'the same object');
});

test('a wrong option is thrown where it is given', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent);
  const error = await agent.page.evaluate(() => thrown(() => { bar.options = { url: 'http://x', host: '/', connectAccount: 'a', subscribePath: '/t' }; }));
  assert.match(error.message, /ws:\/\//);
});

test('an element that is moved goes on with what it shows', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent, { events: ['Login'], options: own() });
  await told(agent, 'Login');
  const same = await agent.page.evaluate(() => {
    const before = bar.shadowRoot.querySelector('[part~=bar]');
    document.getElementById('toolbar').append(bar);
    return new Promise((resolve) => { setTimeout(() => resolve(before === bar.shadowRoot.querySelector('[part~=bar]'))); });
  });
  assert.equal(same, true);
  assert.equal(await agent.page.evaluate(() => told.length), 1, 'and with its session');
});

test('an element that is taken out shows nothing, its session goes on, and put back it shows that', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent, { events: ['Login', 'Idle'], options: own() });
  await told(agent, 'Login');
  await agent.page.evaluate(() => bar.remove());
  await until(async () => !await isDrawn(agent), { what: 'nothing is drawn' });
  assert.equal(await agent.page.evaluate(() => bar.sdk.isLogin()), true);
  await agent.page.evaluate(() => bar.sdk.idle());
  await told(agent, 'Idle');
  await agent.page.evaluate(() => document.body.append(bar));
  await until(() => isDrawn(agent), { what: 'it is drawn again' });
  await until(() => agent.page.evaluate(() => /就绪/.test(bar.shadowRoot.textContent)), { what: 'it shows the state of now' });
  assert.equal((await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === '1001').nowState, 'Idle');
});

test('a session that runs is shown by the element that is given its SDK, and by that one alone', async (t) => {
  const agent = await logIn(t, shared, { more: { el: undefined } });
  await putElement(agent, { name: 'first' });
  await putElement(agent, { name: 'second' });
  assert.equal(await agent.page.evaluate(() => typeof sdk.element), 'undefined');
  await agent.page.evaluate(() => { first.sdk = sdk; });
  assert.deepEqual([await isDrawn(agent, 'first'), await isDrawn(agent, 'second')], [true, false]);
  await agent.page.evaluate(() => { second.sdk = sdk; });
  assert.deepEqual([await isDrawn(agent, 'first'), await isDrawn(agent, 'second')], [false, true]);
  assert.ok(await agent.page.evaluate(() => sdk.element === second));
  await agent.page.evaluate(() => { first.remove(); });
  await agent.idle();
  assert.ok(await isDrawn(agent, 'second'), 'the other one\'s going changes nothing');
});

test('an element that the page names by `el` shows the toolbar itself', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent, { attributes: { id: 'mine' } });
  await agent.start(optionsFor(shared.sandbox, { el: '#mine' }));
  await agent.event('Login');
  assert.ok(await isDrawn(agent));
  assert.equal(await agent.page.evaluate(() => document.querySelectorAll('agent-toolbar').length), 1);
  await agent.call('connect', { lang: 'en' });
  await agent.event('Reconnect');
  assert.ok(await isDrawn(agent), 'a new start keeps the page\'s element');
});

test('what was given to an element before the script had run counts', async (t) => {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.addInitScript((options) => {
    window.early = document.createElement('agent-toolbar');
    early.options = options;
    early.addEventListener('agent-Login', () => { window.loggedIn = true; });
  }, own());
  await openTestPage(page, shared.sandbox.origin);
  await page.evaluate(() => document.body.append(early));
  await until(() => page.evaluate(() => window.loggedIn), { what: 'the agent is logged in' });
});

test('a page with an element of that name of its own gets a toolbar all the same', async (t) => {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.addInitScript(() => {
    window.Theirs = class extends HTMLElement {};
    customElements.define('agent-toolbar', Theirs);
  });
  await openTestPage(page, shared.sandbox.origin);
  await page.evaluate((options) => startSdk(options), optionsFor(shared.sandbox));
  await page.locator('#toolbar [part~=bar]').waitFor();
  assert.ok(await page.evaluate(() => customElements.get('agent-toolbar') === Theirs));
});

test('attributes and options say how it looks and speaks, and what the agent has chosen wins', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(() => localStorage.setItem('agent-toolbar/choices/demo\n1001', JSON.stringify({ density: 'compact' })));
  await putElement(agent, { attributes: { lang: 'en' }, events: ['Login'], options: own({ theme: 'dark', density: 'comfortable' }) });
  await told(agent, 'Login');
  const attribute = (name) => agent.page.evaluate((one) => bar.getAttribute(one), name);
  assert.deepEqual([await attribute('theme'), await attribute('density')], ['dark', 'compact']);
  const name = () => agent.page.evaluate(() => bar.shadowRoot.querySelector('[part~=bar]').getAttribute('aria-label'));
  assert.equal(await name(), 'Agent toolbar');
  await agent.page.evaluate(() => { bar.lang = 'zh'; });
  assert.equal(await name(), '座席工具条');
  const ground = () => agent.page.evaluate(() => getComputedStyle(bar.shadowRoot.querySelector('[part~=bar]')).backgroundColor);
  const dark = await ground();
  await agent.page.evaluate(() => { bar.setAttribute('theme', 'light'); });
  await until(async () => await ground() !== dark, { what: 'it is light' });
});

test('two elements on a page are two agents', async (t) => {
  const agent = await openAgent(t, shared);
  await putElement(agent, { name: 'one', options: own() });
  await putElement(agent, { name: 'two', options: own({ agentNumber: '1002' }) });
  await until(() => agent.page.evaluate(() => one.sdk.isLogin() && two.sdk.isLogin()), { what: 'both are logged in' });
  await agent.page.evaluate(() => one.sdk.idle());
  await until(() => agent.page.evaluate(() => one.sdk.snapshot().agent.state === 'Idle'), { what: 'one is ready' });
  assert.equal(await agent.page.evaluate(() => two.sdk.snapshot().agent.state), 'Login');
});

/** Where everything in the bar stands, and how its text looks. */
const looks = (agent) => agent.page.evaluate(() => {
  const bar = document.querySelector('#toolbar agent-toolbar').shadowRoot.querySelector('[part~=bar]');
  const { left, top } = bar.getBoundingClientRect();
  return [bar, ...bar.querySelectorAll('*')].map((element) => {
    const box = element.getBoundingClientRect();
    const { color, fontSize, fontFamily, letterSpacing, lineHeight, textAlign } = getComputedStyle(element);
    return [element.localName, box.left - left, box.top - top, box.width, box.height, color, fontSize, fontFamily, letterSpacing, lineHeight, textAlign].join();
  });
});

test('the page\'s style changes nothing in it, and nothing of its own reaches the page', async (t) => {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const agent = await openAgent(t, { sandbox: broker, browser: shared.browser });
  const before = await agent.page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('div'));
    probe.className = 'btn bar msg party';
    probe.id = 'probe';
    return JSON.stringify([...getComputedStyle(probe)].map((name) => getComputedStyle(probe)[name]));
  });
  // How long an answer takes is shown: no other answer comes meanwhile.
  await agent.start(optionsFor(broker, { pingInterval: 600_000 }));
  await agent.event('Login');
  await agent.inFull();
  // It asks how many wait, once: that is answered before this.
  await until(() => broker.frames.some(({ body }) => body?.includes('"groupQueueNum"')), { what: 'it has asked' });
  await agent.idle();
  const drawn = await looks(agent);
  assert.ok(drawn.length > 5);
  await agent.page.addStyleTag({ content: `
    body { font: 40px/3 serif; color: red; letter-spacing: 1em; text-align: right; }
    div, span, button, input, svg, i { all: unset !important; display: block !important; margin: 3px !important; }
    .btn, .bar, .msg, .party, .at { width: 7px !important; background: red !important; }
    #toolbar { all: revert !important; }` });
  assert.deepEqual(await looks(agent), drawn);
  await agent.page.evaluate(() => document.querySelector('style:last-of-type').remove());
  const after = await agent.page.evaluate(() => JSON.stringify([...getComputedStyle(probe)].map((name) => getComputedStyle(probe)[name])));
  assert.equal(after, before);
});

test('what the page puts into the slot of a customer is shown by the toolbar', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((options) => {
    const card = document.createElement('p');
    card.textContent = 'Gold customer';
    startSdk({ ...options, customerCard: card });
  }, optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.toolbar.getByText('Gold customer').waitFor();
  const [card, bar] = await agent.page.evaluate(() => {
    const element = document.querySelector('#toolbar agent-toolbar');
    return [element.querySelector('p'), element.shadowRoot.querySelector('[part~=bar]')].map((one) => one.getBoundingClientRect().top);
  });
  assert.ok(card > bar, 'under the bar');
});
