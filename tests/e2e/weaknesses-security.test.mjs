// What agent-sdk does to its users, by the numbers of docs/weaknesses.md: those that let secrets out or strangers in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { header } from '../lib/stomp-frame.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const MARKUP = '<img src=x onerror="window.ran=1"><x-hostile></x-hostile>';

/** Nothing of `MARKUP` became more than text. */
async function staysText(agent) {
  const made = await agent.page.evaluate(() => ({
    ran: 'ran' in window,
    outside: document.querySelectorAll('x-hostile, img').length,
    inside: document.querySelector('agent-toolbar').shadowRoot.querySelectorAll('x-hostile, img').length,
  }));
  assert.deepEqual(made, { ran: false, outside: 0, inside: 0 });
}

// ── 1 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('a passcode that the page does not give is empty', async (t) => {
  const { broker } = await logInAtFake(t, shared, { more: { connectPassword: undefined } });
  assert.equal(broker.frames[0].command, 'CONNECT');
  assert.equal(header(broker.frames[0], 'passcode'), '');
});

// ── 2 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('the token is kept for this tab alone, and no password anywhere', async (t) => {
  const says = { login: { token: 'token-Zebra', sipPassword: 'phone-Zebra', webrtcSipPassword: 'phone-Zebra' } };
  const more = { agentPassword: 'agent-Zebra', connectPassword: 'broker-Zebra' };
  const { agent } = await logInAtFake(t, shared, { says, more });
  await agent.idle();
  const kept = await agent.page.evaluate(() => ({ tab: JSON.stringify({ ...sessionStorage }), all: JSON.stringify([{ ...localStorage }, document.cookie]) }));
  assert.equal(kept.tab.match(/\w+-Zebra/g).join(), 'token-Zebra');
  assert.doesNotMatch(kept.all, /Zebra/);
  assert.doesNotMatch(await agent.page.said(), /Zebra/);
});

// ── 3, 4 ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('what the platform says is never markup', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared, { more: { phoneEncryption: false } });
  broker.tell('Busy', { currentBusyType: MARKUP });
  await agent.chipShows(MARKUP);
  broker.tell('Idle', null, MARKUP);
  await agent.chipShows(MARKUP);
  broker.push({ type: 'response', response: 'idle', sequence: 1, status: 7, msg: MARKUP });
  await until(async () => (await agent.message.textContent()).includes(MARKUP), { what: 'the refusal is shown' });
  broker.tell('Conversation', { callDirection: 1, caller: MARKUP, called: '1001', occCallId: 'c-1', callType: 'normal' });
  await agent.toolbar.getByText(MARKUP).first().waitFor();
  await staysText(agent);
});

test('what a caller sends by telephone is never markup', async (t) => {
  const agent = await logIn(t, shared, { more: { phoneEncryption: false } });
  await agent.idle();
  await shared.sandbox.callIn({ from: MARKUP, agent: '1001' });
  await agent.event('AgentRinging');
  await agent.toolbar.getByText(MARKUP).first().waitFor();
  await agent.event('Conversation');
  await staysText(agent);
});

// ── 5 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('the routing key comes from the generator for secrets', async (t) => {
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(() => {
    Math.random = () => 0.5;
    crypto.getRandomValues = (bytes) => bytes.fill(0x11);
  });
  const { broker } = await logInAtFake(t, shared, { profile });
  assert.equal(requests(broker)[0].routingKey, '11111111-1111-4111-9111-111111111111');
});

// ── 6 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('an order to hand over the log downloads and sends nothing', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  const downloads = [];
  agent.page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await agent.page.evaluate(() => {
    console.log('what only the page says');
    window.saved = [];
    sdk.on('SaveLog', async (blob) => saved.push(await blob.text()));
  });
  const before = requests(broker).length;
  broker.tell('AgentUploadLog', null, null);
  const [log] = await until(() => agent.page.evaluate(() => saved.length > 0 && saved), { what: 'the page is given the log' });
  assert.match(log, /AgentUploadLog/);
  assert.doesNotMatch(log, /what only the page says|tok123/);
  await agent.idle();
  assert.deepEqual(requests(broker).slice(before).map(({ request }) => request), ['idle']);
  assert.deepEqual(downloads, []);
});

// ── 7 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

test('no token stands in an address, and no socket is opened but the one that was named', async (t) => {
  const asked = [];
  const profile = await newProfile(t, shared.browser);
  profile.on('request', (request) => asked.push(request.url()));
  const { agent, broker } = await logInAtFake(t, shared, { profile, more: { loginType: 4, SIMIP: '127.0.0.1', SIMPort: 9 } });
  assert.equal(requests(broker)[0].loginType, 4);
  await agent.call('call', '13800138000');
  await agent.event('Conversation');
  assert.deepEqual((await agent.sockets()).map(({ url }) => url), [broker.url]);
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((url) => url.includes('tok123')), []);
});
