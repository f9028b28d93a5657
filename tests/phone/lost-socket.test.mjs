import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { packets } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();
const OUTSIDE = '00042130';

/** The phone's link is lost, and refused until it is let in again. */
async function loses(phone) {
  await shared.sandbox.fault('refuse-connections', { path: '/sip', ms: 600_000 });
  await shared.sandbox.fault('drop-sockets', { path: '/sip' });
  await phone.event('Disconnected');
}

const letIn = () => shared.sandbox.fault('refuse-connections', { path: '/sip', ms: 1 });

/** Sound keeps coming: it is heard, and packets are counted. */
async function soundGoesOn({ page }) {
  const { received } = await packets(page);
  await hearsExactly(page, [toneOf(OUTSIDE)]);
  await until(async () => (await packets(page)).received > received, { what: 'packets go on coming' });
}

test('a phone that loses its link in a call goes on sounding while it is refused, and then holds and ends the call', async (t) => {
  const phone = await registeredPhone(t, shared);
  const id = await phone.talksTo(OUTSIDE);
  await soundGoesOn(phone);
  const tries = (await phone.sockets(shared.sandbox)).length;

  await loses(phone);
  // None waits until another was heard: the exchange keeps a call whose phone is gone for half a minute.
  await Promise.all([1, 2, 3, 4].map(async (refused) => {
    await until(async () => (await phone.sockets(shared.sandbox)).length >= tries + refused, { what: `try number ${refused}` });
    await soundGoesOn(phone);
  }));
  assert.equal(await phone.get('isRegistered'), false);
  assert.deepEqual((await phone.calls()).map((call) => [call.id, call.state]), [[id, 'talking']]);

  await letIn();
  await phone.event('Registered', { nth: 2 });
  await soundGoesOn(phone);
  await phone.does('hold');
  await phone.event('Held', { on: true, byPeer: false });
  await hearsExactly(phone.page, []);
  await phone.does('unHold');
  await phone.event('Held', { on: false, byPeer: false });
  await soundGoesOn(phone);

  await phone.does('hangup');
  await phone.event('Terminated', { by: 'us' });
  assert.deepEqual(await phone.told('Exception'), []);
  assert.equal(await phone.page.evaluate(() => peers.length), 1, 'it was one and the same connection');
});

test('what is asked for while the link is lost is done when it is back', async (t) => {
  const phone = await registeredPhone(t, shared);
  const id = await phone.talksTo(OUTSIDE);
  await soundGoesOn(phone);
  await loses(phone);
  await phone.does('hangup');
  await letIn();
  await phone.event('Registered', { nth: 2 });
  const trace = await until(async () => {
    const entries = await phone.trace(id);
    // Whoever notices that the sound has ended may hang up as well, and then knows of no call any more (481).
    return entries.some(({ way, status, cseq }) => way === 'received' && [200, 481].includes(status) && cseq.endsWith('BYE')) && entries;
  }, { what: 'the other side is told that the call is over, and says so' });
  assert.equal(trace.filter(({ way, line }) => way === 'sent' && line.startsWith('BYE ')).length, 1);
  assert.deepEqual(await phone.calls(), []);
});
