import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, optionsFor } from '../lib/agent.mjs';
import { newTab, openTestPage } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { Phone, agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, isAnswered, phoneAtPeer, rings } from '../lib/phone-at-peer.mjs';
import { startFakePeer } from '../lib/phone-fake-peer.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const STRANGER = '1002';
const shared = withPhones(['1001', CUSTOMER, STRANGER]);
const OWN = 'own-call-1';

/** The phone has rung this call and not answered it. */
async function isLeftAlone(phone, { call, id }) {
  await call.rings();
  const one = (await phone.calls()).find((other) => other.id === id);
  assert.equal(one.state, 'ringing');
  assert.deepEqual((await phone.told('Answer')).filter((told) => told.call.id === id), []);
}

test('a call that nobody expects rings until it is answered', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const one = await rings(t, shared, pair);
  await isLeftAlone(pair.phone, one);
  await pair.phone.does('answer');
  await isAnswered(one);
  await pair.phone.event('Accepted');
});

test('only the call of the expected id is answered by itself, a stranger in between is not', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  await phone.does('expect', OWN);
  const stranger = await rings(t, shared, pair, { from: STRANGER, headers: { 'X-Call-Id': 'another-call' } });
  await isLeftAlone(phone, stranger);
  const nameless = await rings(t, shared, pair, { from: STRANGER });
  await isLeftAlone(phone, nameless);
  for (const { call, id } of [stranger, nameless]) {
    await phone.doesWith(id, 'hangup');
    assert.ok((await call.final).status >= 400);
  }

  const own = await rings(t, shared, pair, { headers: { 'X-Call-Id': OWN } });
  await isAnswered(own);
  await phone.event('Accepted');
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
  assert.deepEqual((await phone.told('Answer')).map(({ call }) => call.id), [own.id]);
});

test('the expected call is answered also where it came before its id was known', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  await pair.phone.does('expect', true);
  const own = await rings(t, shared, pair, { headers: { 'X-Call-Id': OWN } });
  await isLeftAlone(pair.phone, own);
  await pair.phone.does('expect', OWN);
  await isAnswered(own);
  await pair.phone.event('Accepted');
});

test('where the platform names no ids, the next call is taken for the expected one', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  await phone.does('expect', true);
  const stranger = await rings(t, shared, pair, { from: STRANGER, headers: { 'X-Call-Id': 'another-call' } });
  await isLeftAlone(phone, stranger);
  await phone.doesWith(stranger.id, 'hangup');
  const own = await rings(t, shared, pair);
  await isAnswered(own);
  await phone.event('Accepted');
});

test('what is no longer expected is not answered', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  await pair.phone.does('expect', OWN);
  await pair.phone.does('expect', false);
  const own = await rings(t, shared, pair, { headers: { 'X-Call-Id': OWN } });
  await isLeftAlone(pair.phone, own);
});

test('every call is answered by itself where that is wanted, from then on', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  await phone.does('setAutoAnswer', true);
  const one = await rings(t, shared, pair);
  await isAnswered(one);
  await phone.event('Accepted');
  await one.call.hangUp();
  await phone.event('Terminated');
  await phone.does('setAutoAnswer', false);
  await isLeftAlone(phone, await rings(t, shared, pair));
});

test('an agent\'s own call is answered at the sandbox, and a customer\'s rings', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  await agent.call('call', CUSTOMER);
  const { data: { occCallId } } = await agent.event('Conversation');
  await hearsExactly(agent.page, [toneOf(CUSTOMER)]);
  assert.equal((await agent.phone.event('Invite')).call.callId, occCallId);
  await agent.call('hangup');
  await agent.event('After');

  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('AgentRinging', { nth: 2 });
  assert.deepEqual((await agent.phone.calls()).map(({ state }) => state), ['ringing']);
  await agent.call('answer');
  await agent.event('Conversation', { nth: 2 });
  await hearsExactly(agent.page, [toneOf(CUSTOMER)]);
});

test('a stranger who rings between an agent\'s command and its call is not taken for it', async (t) => {
  const peer = await startFakePeer();
  t.after(() => peer.stop());
  const broker = await startFakeBroker({
    login: { registerSipUrl: peer.url, webrtcSipId: 'phone', webrtcSipPassword: 'any-password', webrtcDomain: 'fake.invalid' },
  });
  t.after(() => broker.stop());
  const page = await newTab(t, await newPhoneProfile(t, shared.browsers['1001']));
  await openTestPage(page, broker.origin);
  const agent = new Agent(page);
  // The broker will say nothing of its own while the test speaks for it.
  await agent.start(optionsFor(broker, { loginType: 3, timeout: 600_000, pingInterval: 600_000 }));
  await agent.event('Login');
  const phone = new Phone(page);
  await phone.take();
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
  await agent.idle();

  broker.hang();
  await agent.call('call', CUSTOMER);
  broker.tell('MakeCall', null);
  await agent.event('MakeCall');
  const stranger = await rings(t, shared, { phone, peer }, { from: STRANGER, headers: { 'X-Call-Id': 'another-call' } });
  const data = { callDirection: 2, caller: '1001', called: CUSTOMER, occCallId: OWN };
  broker.tell('AgentOriginate', data);
  broker.tell('AgentRinging', data);
  await agent.event('AgentRinging');
  await isLeftAlone(phone, stranger);
  const own = await rings(t, shared, { phone, peer }, { headers: { 'X-Call-Id': OWN } });
  await isAnswered(own);
  await phone.event('Accepted');
  assert.deepEqual((await phone.told('Accepted')).map(({ call }) => call.callId), [OWN]);
  await isLeftAlone(phone, stranger);
});
