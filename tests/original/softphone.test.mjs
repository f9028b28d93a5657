import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, optionsFor } from '../lib/agent.mjs';
import { newTab, openTestPage } from '../lib/browser.mjs';
import { ORIGINAL_SDK } from '../lib/paths.mjs';
import { withPhones } from '../lib/phone-agent.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

// The original's phone takes nothing but wss, and nobody has signed the sandbox's certificate.
const shared = withPhones(['1001'], { sandbox: { tls: true }, browser: { args: ['--ignore-certificate-errors'] } });

const CUSTOMER = '13800138000';
const OUTSIDE = '00042130';

/** A page with the unchanged original in it, logged in with the phone that comes with it, which is registered. */
async function originalWithPhone(t) {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  await profile.addInitScript((port) => { window.SOFTPHONE_WSS_PROT = port; }, shared.sandbox.tlsPort);
  // What it throws in a socket or a timer nobody can catch, and has a minified name.
  const page = await newTab(t, profile, { allow: /^[a-z]$/ });
  await openTestPage(page, shared.sandbox.origin, ORIGINAL_SDK);
  const agent = new Agent(page);
  await agent.start(optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  assert.equal(await agent.call('getVersion'), '1.1.65');
  await until(() => agent.call('isRegistered'), { what: 'the original\'s phone registers' });
  return agent;
}

/** Does something with the phone itself. */
const phone = (agent, method, ...values) => agent.page.evaluate(([name, given]) => { sdk.getSoftPhoneInstance()[name](...given); }, [method, values]);

/** Who hears whom, by the sandbox's sound. */
const hears = (expected) => until(async () => {
  const [call] = (await shared.sandbox.state()).calls;
  return call && Object.entries(expected).every(([who, whom]) => call.parties.find((party) => party.who === who)?.hears.join() === whom);
}, { what: `the sandbox says ${JSON.stringify(expected)}` });

test('the original\'s own phone registers over TLS, is called, answers, is heard, and hangs up', async (t) => {
  const agent = await originalWithPhone(t);
  const [line] = (await agent.sockets()).filter(({ url }) => url.startsWith('wss:'));
  assert.equal(new URL(line.url).port, String(shared.sandbox.tlsPort));
  await agent.idle();

  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('AgentRinging');
  await phone(agent, 'answer');
  await agent.event('Conversation');
  await Promise.all([hearsExactly(agent.page, [toneOf(CUSTOMER)]), hears({ 1001: CUSTOMER, [CUSTOMER]: '1001' })]);

  await phone(agent, 'hangup');
  const { data } = await agent.event('After');
  assert.equal(data.hangupDirection, 0);
  assert.deepEqual((await shared.sandbox.state()).calls, []);
});

test('the original calls out with its own phone, which answers by itself, and the customer hangs up', async (t) => {
  const agent = await originalWithPhone(t);
  await agent.idle();
  await agent.call('call', OUTSIDE);
  const { data: { occCallId } } = await agent.event('Conversation');
  await Promise.all([hearsExactly(agent.page, [toneOf(OUTSIDE)]), hears({ 1001: OUTSIDE, [OUTSIDE]: '1001' })]);
  await shared.sandbox.hangUp(occCallId);
  const { data } = await agent.event('After');
  assert.equal(data.hangupDirection, 1);
});

test('the original\'s phone is muted and held by the platform, and its keys are taken', async (t) => {
  const agent = await originalWithPhone(t);
  await agent.idle();
  await agent.call('call', OUTSIDE);
  await agent.event('Conversation');
  await hears({ 1001: OUTSIDE, [OUTSIDE]: '1001' });
  await phone(agent, 'mute');
  await hears({ 1001: OUTSIDE, [OUTSIDE]: '' });
  await phone(agent, 'unMute');
  await hears({ 1001: OUTSIDE, [OUTSIDE]: '1001' });
  await agent.call('hold');
  await hears({ 1001: '', [OUTSIDE]: '' });
  await hearsExactly(agent.page, []);
  await agent.call('unHold');
  await hearsExactly(agent.page, [toneOf(OUTSIDE)]);
  await phone(agent, 'dtmf', '5');
  const info = () => agent.sockets().then((all) => all.flatMap(({ received, sent }) => (
    sent.some((text) => text.startsWith('INFO ')) ? received.filter((text) => /^SIP\/2\.0 200/.test(text) && /\nCSeq: \d+ INFO/i.test(text)) : [])));
  await until(async () => (await info()).length > 0, { what: 'the key is taken' });
});
