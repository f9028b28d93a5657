// A toolbar in an iframe of a page of another origin, with and without what that has to allow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { openStrict, POLICIES, routeStrict } from '../lib/strict-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]:visible`).first();
const hears = async (who, whom) => (await shared.sandbox.state()).calls.flatMap(({ parties }) => parties).some((party) => party.who === who && party.hears.includes(whom));

/** The strict page in a frame, with these attributes, of a page of another origin. */
async function openFramed(t, { attributes, prepare, ...given }) {
  const { origin } = shared.sandbox;
  const profile = await newProfile(t, shared.browser);
  await profile.grantPermissions(['local-network-access', 'microphone']);
  const page = await newTab(t, profile);
  if (prepare) await page.addInitScript(prepare);
  await routeStrict(page, origin, given);
  const outside = origin.replace('127.0.0.1', 'localhost');
  const body = `<!doctype html><iframe id="inside" style="width: 1600px; height: 800px" ${attributes} src="${origin}/strict/"></iframe>`;
  await page.route(`${outside}/`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(`${outside}/`);
  const frame = await (await page.locator('#inside').elementHandle()).contentFrame();
  await frame.waitForFunction(() => typeof startSdk === 'function');
  assert.notEqual(await frame.evaluate(() => origin), await page.evaluate(() => origin));
  return new Agent(frame);
}

/** Logs in with the browser phone, and talks to a customer. */
async function talks(agent) {
  await agent.start(optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.press(act(agent, 'answer'), async () => (await agent.values('Conversation')).length > 0);
  await until(async () => await hears('1001', CUSTOMER) && hears(CUSTOMER, '1001'), { what: 'both are heard' });
}

/** Runs in a page before its scripts: as where a browser keeps storage from frames of other sites. */
function refuseStorage() {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get: () => { throw new DOMException('Access is denied for this document.', 'SecurityError'); } });
  }
}

const ALLOWED = 'allow="microphone; autoplay"';

for (const [what, attributes, prepare] of [
  ['a frame', ALLOWED],
  ['a sandboxed frame of an origin of its own', `${ALLOWED} sandbox="allow-scripts allow-same-origin"`],
  ['a frame that is refused any storage', ALLOWED, refuseStorage],
]) {
  for (const [how, policy] of [['without a policy', undefined], ['with a strict one', POLICIES.self]]) {
    test(`an agent signs in and talks in ${what}, ${how}`, async (t) => {
      const agent = await openFramed(t, { attributes, prepare, policy });
      await talks(agent);
    });
  }
}

test('a sandboxed frame without an origin has no storage and no microphone, and signs in and takes calls at a desk phone', async (t) => {
  const agent = await openFramed(t, { attributes: 'sandbox="allow-scripts"', policy: POLICIES.self });
  assert.match((await agent.page.evaluate(() => thrown(() => localStorage))).message, /sandboxed/);
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await agent.call('openPanel', 'settings');
  await agent.toolbar.getByRole('dialog', { name: '设置' }).waitFor();
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
});

/** Wants to talk, and is not let: gives the error. */
async function isForbidden(agent, lang) {
  await agent.start(optionsFor(shared.sandbox, { loginType: 3, lang }));
  await agent.page.evaluate(() => {
    window.errors = [];
    sdk.on('Exception', ({ code, message, remedy }) => errors.push({ code, message, remedy }));
  });
  await agent.event('Login');
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.press(act(agent, 'answer'), async () => (await agent.page.evaluate(() => errors.length)) > 0);
  const [error] = await agent.page.evaluate(() => errors);
  assert.equal(error.code, 'MICROPHONE_FORBIDDEN');
  assert.match(error.remedy, /iframe.*allow="microphone".*allow-same-origin.*Permissions-Policy/);
}

for (const [what, attributes] of [['a frame that is not allowed to use the microphone', ''], ['a sandboxed frame without an origin', 'allow="microphone *" sandbox="allow-scripts"']]) {
  for (const lang of ['zh', 'en']) {
    test(`${what} says what to do, in ${lang}`, async (t) => {
      const agent = await openFramed(t, { attributes });
      await isForbidden(agent, lang);
      await agent.toolbar.getByText(/iframe.*allow="microphone"/).first().waitFor();
    });
  }
}

test('so does a page whose Permissions-Policy forbids it', async (t) => {
  const agent = await openStrict(t, shared, { headers: { 'permissions-policy': 'microphone=()' } });
  await isForbidden(agent);
});

test('what an agent refuses is told as refused, not as forbidden', async (t) => {
  const agent = await openStrict(t, shared, { headers: { 'permissions-policy': 'microphone=(self)' } });
  await agent.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Permission denied', 'NotAllowedError'); };
  });
  await agent.start(optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.page.evaluate(() => { sdk.on('Exception', ({ code }) => { window.code ??= code; }); });
  await agent.press(act(agent, 'answer'), () => agent.page.evaluate(() => window.code));
  assert.equal(await agent.page.evaluate(() => window.code), 'MICROPHONE_DENIED');
});
