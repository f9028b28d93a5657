import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { declarations } from '../lib/declarations.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { eachPopover } from '../lib/popovers.mjs';
import { STATES, reach } from '../lib/states.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const BOTH = { 'zh-CN': { READY: '空着', TOOLBAR: '客服条' }, en: { READY: 'Free', TOOLBAR: 'Desk bar' } };
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };
const END = { ...CALL, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };

/** What the toolbar says by itself in English, by key. */
function english() {
  const file = readFileSync(new URL('../../crates/agent/languages/en.txt', import.meta.url), 'utf8');
  const lines = file.slice(file.indexOf('\n[toolbar]\n')).split('\n').filter((line) => line.includes(' = '));
  return Object.fromEntries(lines.map((line) => line.match(/^(\S+) = "?(.*?)"?$/).slice(1)));
}

/** Which texts the page was told that they cannot be shown. */
const wrongOnes = async (agent) => {
  const found = await agent.page.evaluate(() => wrong);
  return found.filter(({ message }) => /texts/.test(message)).map(({ code, message }) => [code, message.match(/texts[\w.-]*/)[0]]);
};

/** An agent who has signed in, at a page that keeps the errors that it is told of. */
async function watched(t, more) {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((options) => {
    window.wrong = [];
    startSdk(options);
    sdk.on('Exception', ({ code, message }) => wrong.push({ code, message }));
  }, optionsFor(shared.sandbox, { lang: 'en', ...more }));
  await agent.event('Login');
  return agent;
}

/** Everything in the toolbar that somebody reads or hears. */
const said = (agent) => agent.page.evaluate(() => {
  const root = document.querySelector('agent-toolbar').shadowRoot;
  const all = [...root.querySelectorAll(':not(style)')];
  const texts = all.flatMap((one) => [...one.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data));
  const names = all.flatMap((one) => ['aria-label', 'aria-description', 'data-tip', 'placeholder', 'title', 'alt'].map((name) => one.getAttribute(name)));
  return [...texts, ...names].map((text) => text?.trim()).filter(Boolean);
});

const isNamed = (agent, name) => agent.toolbar.getByRole('toolbar', { name, exact: true }).waitFor();

test('a text of the page stands in place of the toolbar\'s, in the language that is spoken at the time', async (t) => {
  const agent = await logIn(t, shared, { more: { lang: 'en', texts: BOTH } });
  await agent.idle();
  await agent.chipShows('Free');
  await isNamed(agent, 'Desk bar');
  await agent.call('setLang', 'zh');
  await agent.chipShows('空着');
  await isNamed(agent, '客服条');
  await agent.call('setLang', 'en-GB');
  await agent.chipShows('Free');
  await agent.call('init', optionsFor(shared.sandbox, { lang: 'en' }));
  await isNamed(agent, 'Agent toolbar');
});

test('a language for which the page has no text says its own', async (t) => {
  const agent = await logIn(t, shared, { more: { lang: 'en', texts: { en: BOTH.en } } });
  await agent.idle();
  await agent.chipShows('Free');
  await agent.call('setLang', 'zh-CN');
  await agent.chipShows('就绪');
  await isNamed(agent, '座席工具条');
});

test('before anybody has signed in, the page\'s text is there from the first on', async (t) => {
  const agent = await openAgent(t, shared);
  const names = await agent.page.evaluate((options) => {
    startSdk(options);
    const bar = document.querySelector('agent-toolbar').shadowRoot.querySelector('[role=toolbar]');
    return bar.getAttribute('aria-label');
  }, optionsFor(shared.sandbox, { lang: 'en', texts: BOTH }));
  assert.equal(names, 'Desk bar');
});

test('what is filled into a text is filled into the page\'s, wherever it puts it', async (t) => {
  const texts = { en: { KICKED: 'Elsewhere: {}!', 'causes.1017': 'Engaged tone', HOLD: 'Park' } };
  const { agent, broker } = await logInAtFake(t, shared, { more: { lang: 'en', texts } });
  await agent.idle();
  broker.tell('Conversation', CALL);
  const hold = agent.toolbar.locator('[part~=bar] [data-act=hold]').first();
  await hold.waitFor();
  assert.equal(await hold.getAttribute('aria-label') ?? (await hold.textContent()).trim(), 'Park');
  broker.tell('After', { ...END, cause: 1017 });
  await agent.toolbar.getByText('Engaged tone').waitFor();
  broker.tell('Kick', null);
  await agent.toolbar.getByText('Elsewhere: 1001!').waitFor();
});

test('an error is said in the page\'s words to the agent, and to the page as ever', async (t) => {
  const says = { refuses: (request) => request === 'busy' };
  const texts = { en: { 'errors.REFUSED': 'No way ({message}, {status})', 'errors.REFUSED.remedy': 'Ask Kim' } };
  const { agent } = await logInAtFake(t, shared, { says, more: { lang: 'en', texts } });
  await agent.idle();
  await agent.call('busy');
  await agent.toolbar.getByText('No way (refused, 1101)').first().waitFor();
  await agent.toolbar.getByText('Ask Kim').first().waitFor();
  assert.equal(await agent.exception(/refused/), 'refused');
});

test('a text of the page is text, whatever stands in it', async (t) => {
  const text = '<img src=x onerror="window.ran = true">{oops} {';
  const agent = await logIn(t, shared, { more: { lang: 'en', texts: { en: { READY: text, 'errors.NOT_ALLOWED': text } } } });
  await agent.idle();
  await agent.chipShows(text);
  assert.equal(await agent.toolbar.locator('img').count(), 0);
  assert.equal(await agent.page.evaluate(() => window.ran), undefined);
});

test('a text that cannot be shown is told by name, and the toolbar goes on in its own words', async (t) => {
  const texts = { en: { REDAY: 'Free', READY: 5, BUSY: '', 'errors.NOBODY': 'a', 'causes.USER_BUSY': 'b', LOCKED: 'Shut' }, tlh: { READY: 'c' }, 'zh-CN': 'd' };
  const agent = await watched(t, { texts });
  await until(async () => (await wrongOnes(agent)).length >= 7, { what: 'each is told' });
  const names = ['texts.en.REDAY', 'texts.en.READY', 'texts.en.BUSY', 'texts.en.errors.NOBODY', 'texts.en.causes.USER_BUSY', 'texts.tlh', 'texts.zh-CN'];
  assert.deepEqual((await wrongOnes(agent)).sort(), names.map((name) => ['OPTION_WRONG', name]).sort());
  assert.ok(!(await said(agent)).some((text) => text.includes('texts')), 'an agent is not bothered with it');
  await agent.idle();
  await agent.chipShows('Ready');
});

test('texts that are none at all are told once', async (t) => {
  const agent = await watched(t, { texts: 'Free' });
  await until(async () => (await wrongOnes(agent)).length, { what: 'it is told' });
  assert.deepEqual(await wrongOnes(agent), [['OPTION_WRONG', 'texts']]);
});

test('an element takes texts among its options', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((options) => {
    const element = document.createElement('agent-toolbar');
    document.body.append(element);
    element.options = options;
  }, optionsFor(shared.sandbox, { el: undefined, lang: 'en', texts: BOTH }));
  await agent.page.getByRole('toolbar', { name: 'Desk bar', exact: true }).waitFor();
});

test('nothing that the toolbar says in any state or panel is beyond the page', async (t) => {
  const own = english();
  // What nobody can take for a word is easily seen; fields stay, and an error is without them, for they name requests.
  const shown = Object.entries(own).map(([key, text]) => [key, text.replace(/(\{\w*})|[A-Za-z]/g, (_, hole) => hole ?? '¤')]);
  const errors = (await declarations()).union('ErrorCode').flatMap((code) => [`errors.${code}`, `errors.${code}.remedy`]);
  const texts = { en: Object.fromEntries([...shown, ...errors.map((key) => [key, '¤'])]) };
  const login = { agentType: 1, queueNum: 1 };
  const { agent, broker } = await logInAtFake(t, shared, { says: { login }, more: { lang: 'en', texts } });
  await agent.idle();
  await agent.inFull();
  // Short ones may well be a name, a key or a unit.
  const words = Object.entries(own).filter(([, text]) => text.replace(/[^A-Za-z]/g, '').length > 4).map(([key, text]) => [key, text.split(/\{\w*}/).sort((a, b) => b.length - a.length)[0].trim()]);
  const left = {};
  let seen = 0;
  const look = async (where) => {
    for (const text of await said(agent)) {
      seen += Number(text.includes('¤'));
      const found = words.find(([, word]) => text.includes(word));
      if (found) left[`${where}: ${found[0]}`] = text;
    }
  };
  for (const state of Object.keys(STATES)) {
    await reach({ agent, broker }, state);
    await look(state);
    if (['ready', 'a call comes in', 'in conversation', 'after the call'].includes(state)) await eachPopover(agent, (name) => look(`${state}, ${name}`));
    if (state === 'ready') {
      await agent.call('openPanel', 'settings');
      await agent.toolbar.locator('[data-choice=lang] button').first().waitFor();
      await look('settings');
      await agent.call('closePanel');
    }
  }
  assert.deepEqual(left, {});
  assert.ok(seen > 500, `${seen} texts of the page's were seen`);
});
