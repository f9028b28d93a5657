import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, phoneAtPeer, talks } from '../lib/phone-at-peer.mjs';
import { packets } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', CUSTOMER]);

/** A phone in a call in which both sides hear each other. */
async function inCall(t) {
  const pair = await phoneAtPeer(t, shared);
  const talk = await talks(t, shared, pair);
  await bothHear(pair.phone, talk.far);
  return { ...pair, ...talk };
}

const bothHear = (phone, far) => Promise.all([hearsExactly(phone.page, [toneOf(CUSTOMER)]), hearsExactly(far.page, [toneOf('1001')])]);

/** The other side offers something new, and takes the answer; gives what the phone says of directions in it. */
async function offers({ far, call }, wanted) {
  const response = await call.offer(await far.offer(wanted));
  assert.equal(response.status, 200, response.line);
  await far.takeAnswer(response.body);
  return response.body.match(/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m)?.[1] ?? 'sendrecv';
}

/** The phone holds or goes on, and both sides have agreed on it: two who offer at once are refused. */
async function holds({ phone, call }, on) {
  const nth = (await phone.told('Held')).filter((one) => !one.byPeer && one.on === on).length + 1;
  const agreed = call.requests('ACK').length + 1;
  await phone.does(on ? 'hold' : 'unHold');
  await phone.event('Held', { nth, on, byPeer: false });
  await until(() => call.requests('ACK').length >= agreed, { what: 'the offer is answered, and the answer taken' });
}

test('whatever the other side offers while the phone holds, not one packet leaves', async (t) => {
  const { phone, far, call } = await inCall(t);
  await holds({ phone, call }, true);
  const [offer] = call.offers;
  assert.match(offer.body, /^a=(sendonly|inactive)\r?$/m);
  await hearsExactly(far.page, []);
  const { sent } = await packets(phone.page);

  for (const [wanted, answered] of [
    [{ direction: 'sendrecv' }, ['sendonly', 'inactive']],
    [{ direction: 'sendonly' }, ['inactive']],
    [{ direction: 'recvonly' }, ['sendonly', 'inactive']],
    [{ direction: 'sendrecv', iceRestart: true }, ['sendonly', 'inactive']],
  ]) {
    const direction = await offers({ far, call }, wanted);
    assert.ok(answered.includes(direction), `${JSON.stringify(wanted)} is answered by ${direction}`);
    // A second of sound, in which fifty packets would have come.
    await hearsExactly(far.page, []);
    assert.equal((await packets(phone.page)).sent, sent);
  }
  assert.deepEqual((await phone.calls()).map(({ held }) => held), [true]);

  await holds({ phone, call }, false);
  await bothHear(phone, far);
});

test('a phone that is held stops sending, says so, and goes on when it may', async (t) => {
  const { phone, far, call } = await inCall(t);
  assert.equal(await offers({ far, call }, { direction: 'sendonly' }), 'recvonly');
  await phone.event('Held', { on: true, byPeer: true });
  await hearsExactly(far.page, []);
  assert.deepEqual((await phone.calls()).map(({ held, heldByPeer }) => [held, heldByPeer]), [[false, true]]);

  await offers({ far, call }, { direction: 'sendrecv' });
  await phone.event('Held', { on: false, byPeer: true });
  await bothHear(phone, far);
});

test('who has held both ways goes on only when both want it', async (t) => {
  const { phone, far, call } = await inCall(t);
  await offers({ far, call }, { direction: 'sendonly' });
  await phone.event('Held', { on: true, byPeer: true });
  await holds({ phone, call }, true);
  await offers({ far, call }, { direction: 'sendrecv' });
  await phone.event('Held', { on: false, byPeer: true });
  await hearsExactly(far.page, []);
  await holds({ phone, call }, false);
  await bothHear(phone, far);
});
