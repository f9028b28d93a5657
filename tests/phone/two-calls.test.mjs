import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, isAnswered, phoneAtPeer, rings, talks } from '../lib/phone-at-peer.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';

const SECOND = '1002';
const shared = withPhones(['1001', CUSTOMER, SECOND]);
const OUTSIDE = '00042130';

const states = async (phone) => (await phone.calls()).map(({ id, state, held }) => ({ id, state, held }));

test('who makes a second call holds the first, and comes back to it', async (t) => {
  const phone = await registeredPhone(t, shared);
  const first = await phone.talksTo(OUTSIDE);
  await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
  const second = await phone.talksTo(CUSTOMER);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
  assert.deepEqual(await states(phone), [{ id: first, state: 'talking', held: true }, { id: second, state: 'talking', held: false }]);

  await phone.does('hangup');
  await phone.event('Terminated');
  assert.deepEqual((await phone.told('Terminated')).map(({ call }) => call.id), [second]);
  await hearsExactly(phone.page, []);
  assert.deepEqual(await states(phone), [{ id: first, state: 'talking', held: true }]);
  await phone.does('unHold');
  await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
  await phone.does('hangup');
  await phone.event('Terminated', { nth: 2 });
  assert.deepEqual(await states(phone), []);
});

test('a second call that rings and is refused does the first no harm', async (t) => {
  const pair = await phoneAtPeer(t, shared, { more: { autoAnswer: true } });
  const { phone } = pair;
  const first = await rings(t, shared, pair);
  await isAnswered(first);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);

  // Every call is answered by itself, but not one that would take another's place.
  const second = await rings(t, shared, pair, { from: SECOND });
  await second.call.rings();
  await Promise.all([hearsExactly(phone.page, [toneOf(CUSTOMER)]), hearsExactly(first.far.page, [toneOf('1001')])]);
  assert.deepEqual(await states(phone), [{ id: first.id, state: 'talking', held: false }, { id: second.id, state: 'ringing', held: false }]);
  await phone.doesWith(second.id, 'hangup');
  assert.ok((await second.call.final).status >= 480);
  await phone.event('Terminated');

  // All that the phone does is meant for the first again.
  await phone.does('hold');
  await phone.event('Held', { on: true, byPeer: false });
  await hearsExactly(first.far.page, []);
  await phone.does('unHold');
  await hearsExactly(first.far.page, [toneOf('1001')]);
  await phone.does('hangup');
  await phone.event('Terminated', { nth: 2 });
  await pair.peer.request('BYE');
  assert.equal(first.call.requests('BYE').length, 1);
});

test('who answers a second call holds the first, which stays held when the second ends', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const first = await talks(t, shared, pair);
  await hearsExactly(first.far.page, [toneOf('1001')]);
  const second = await talks(t, shared, pair, { from: SECOND });
  await Promise.all([
    hearsExactly(phone.page, [toneOf(SECOND)]), hearsExactly(second.far.page, [toneOf('1001')]), hearsExactly(first.far.page, []),
  ]);

  await second.call.hangUp();
  await phone.event('Terminated', { by: 'them' });
  await Promise.all([hearsExactly(phone.page, []), hearsExactly(first.far.page, [])]);
  await phone.does('unHold');
  await Promise.all([hearsExactly(phone.page, [toneOf(CUSTOMER)]), hearsExactly(first.far.page, [toneOf('1001')])]);
});

test('either of two calls can be taken up, and the other then waits', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const first = await talks(t, shared, pair);
  const second = await talks(t, shared, pair, { from: SECOND });
  await hearsExactly(phone.page, [toneOf(SECOND)]);
  await phone.doesWith(second.id, 'hold');
  await hearsExactly(phone.page, []);
  await phone.doesWith(first.id, 'unHold');
  await Promise.all([
    hearsExactly(phone.page, [toneOf(CUSTOMER)]), hearsExactly(first.far.page, [toneOf('1001')]), hearsExactly(second.far.page, []),
  ]);
});

test('two who wait for each other are joined, and the phone is out of it', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone, peer } = pair;
  const first = await talks(t, shared, pair);
  const second = await talks(t, shared, pair, { from: SECOND });
  // Its peer talks before the phone has heard so.
  await phone.event('Accepted', { nth: 2 });
  await phone.does('attendedTransfer');
  const refer = await peer.request('REFER');
  const asked = decodeURIComponent(peer.header(refer, 'refer-to'));
  const [inCall, other] = peer.header(refer, 'call-id') === first.call.callId ? [first, second] : [second, first];
  assert.match(asked, /Replaces=/);
  assert.ok(asked.includes(other.call.callId), `${asked} names the other call`);
  const notify = (line) => inCall.call.request('NOTIFY', {
    headers: [['Event', 'refer'], ['Subscription-State', line.includes('100') ? 'active;expires=60' : 'terminated;reason=noresource']],
    type: 'message/sipfrag;version=2.0', body: `${line}\r\n`,
  });
  assert.equal((await notify('SIP/2.0 100 Trying')).status, 200);
  assert.equal((await notify('SIP/2.0 200 OK')).status, 200);
  await phone.event('Transferring', { status: 200 });
  await other.call.hangUp().catch(() => {});
  await phone.event('Terminated', { nth: 2 });
  assert.deepEqual(await states(phone), []);
});
