import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentWithPhone, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, phoneAtPeer, talks } from '../lib/phone-at-peer.mjs';
import { hearsExactly, hearsKeys, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', '1002', CUSTOMER]);

/** Presses a key; done when it has been sent. */
const pressOn = (phone) => (key) => phone.does('dtmf', key);

test('keys go as events of their own in the sound, and are heard at the other end', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { far, call } = await talks(t, shared, pair);
  await hearsExactly(far.page, [toneOf('1001')]);
  await hearsKeys(far.page, '159#0*', pressOn(pair.phone));
  assert.deepEqual(call.requests('INFO'), []);
});

test('where the other side takes no such events, keys go by INFO', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { call, far } = await talks(t, shared, pair, { codecs: ['PCMU'] });
  await hearsExactly(far.page, [toneOf('1001')]);
  for (const key of '2#') await pair.phone.does('dtmf', key);
  await until(() => call.requests('INFO').length === 2, { what: 'two INFOs' });
  const said = call.requests('INFO').map(({ headers, body }) => [headers['content-type'][0], body.match(/Signal=\s*(\S)/)?.[1], /Duration=\s*\d+/.test(body)]);
  assert.deepEqual(said, [['application/dtmf-relay', '2', true], ['application/dtmf-relay', '#', true]]);
});

test('keys that come by INFO are told', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { call, id } = await talks(t, shared, pair);
  const response = await call.request('INFO', { type: 'application/dtmf-relay', body: 'Signal= 5\r\nDuration= 160\r\n' });
  assert.equal(response.status, 200);
  const { digit, duration, call: told } = await pair.phone.event('Dtmf');
  assert.deepEqual([digit, duration, told.id], ['5', 160, id]);
});

test('through the sandbox keys reach the other phone', async (t) => {
  const [phone, other] = await Promise.all([
    registeredPhone(t, shared), registeredPhone(t, shared, { number: '1002', more: { autoAnswer: true } }),
  ]);
  await phone.talksTo('1002');
  await hearsExactly(other.page, [toneOf('1001')]);
  await hearsKeys(other.page, '47', pressOn(phone));
});

test('in a call between agents keys reach the other agent\'s phone', async (t) => {
  const [agent, other] = await Promise.all([
    agentWithPhone(t, shared, { more: { autoAnswer: true } }),
    agentWithPhone(t, shared, { number: '1002', more: { autoAnswer: true } }),
  ]);
  await agent.idle();
  await other.idle();
  await agent.call('call', '1002', 1);
  await Promise.all([agent.event('Conversation'), other.event('Conversation')]);
  await hearsExactly(other.page, [toneOf('1001')]);
  await hearsKeys(other.page, '8', pressOn(agent.phone));
});
