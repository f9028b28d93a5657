import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone, phoneOptions, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, phoneAtPeer, rings, talks } from '../lib/phone-at-peer.mjs';
import { microphoneOpen } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', CUSTOMER]);
const OUTSIDE = '00042130';

const released = ({ page }) => until(async () => !await microphoneOpen(page), { what: 'the microphone is released' });

test('the microphone is open in a call and at no other time', async (t) => {
  const phone = await registeredPhone(t, shared);
  await released(phone);
  await phone.talksTo(OUTSIDE);
  assert.equal(await microphoneOpen(phone.page), true);
  await phone.does('hold');
  await phone.event('Held', { on: true });
  await phone.does('unHold');
  await phone.event('Held', { on: false });
  await phone.does('hangup');
  await phone.event('Terminated');
  await released(phone);
  assert.ok(await phone.page.evaluate(() => peers.every(({ signalingState }) => signalingState === 'closed')), 'and every connection is closed');
});

test('a call that rings and is not answered opens no microphone', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  await released(pair.phone);
  const asked = (await pair.phone.microphones()).length;
  const { call } = await rings(t, shared, pair);
  await call.rings();
  assert.equal((await pair.phone.microphones()).length, asked);
  call.cancel();
  await pair.phone.event('Terminated');
  await released(pair.phone);
});

test('of two calls the last one releases the microphone', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.talksTo(OUTSIDE);
  await phone.talksTo(CUSTOMER);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
  await phone.does('hangup');
  await phone.event('Terminated');
  assert.equal(await microphoneOpen(phone.page), true);
  await phone.does('hangup');
  await phone.event('Terminated', { nth: 2 });
  await released(phone);
});

test('a call that fails, one that the other side ends, and a phone that is stopped release it too', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.does('call', '00001017');
  await phone.event('Terminated');
  await released(phone);

  const pair = await phoneAtPeer(t, shared);
  const { call } = await talks(t, shared, pair);
  assert.equal(await microphoneOpen(pair.phone.page), true);
  await call.hangUp();
  await pair.phone.event('Terminated', { by: 'them' });
  await released(pair.phone);

  await phone.talksTo(OUTSIDE);
  await phone.does('stop');
  await released(phone);
});

test('a microphone that is granted when nobody wants it any more is released at once', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.start(phoneOptions(shared.sandbox));
  await phone.event('Registered');
  await phone.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia;
    window.granted = 0;
    mediaDevices.getUserMedia = async (...given) => {
      const stream = await real(...given);
      await new Promise((resolve) => { window.grant = resolve; });
      granted += 1;
      return stream;
    };
  });
  await phone.does('call', OUTSIDE);
  await until(() => phone.page.evaluate(() => window.grant !== undefined), { what: 'the phone asks for the microphone' });
  await phone.does('hangup');
  await phone.event('Terminated');
  await phone.page.evaluate(() => grant());
  await until(() => phone.page.evaluate(() => granted === 1), { what: 'the microphone is granted' });
  await released(phone);
});

test('the screen stays on during a call, and may go off after it', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.page.evaluate(() => {
    window.locks = [];
    // A headless browser has no screen.
    navigator.wakeLock.request = async () => {
      const lock = Object.assign(new EventTarget(), {
        released: false,
        async release() { lock.released = true; },
      });
      locks.push(lock);
      return lock;
    };
  });
  await phone.start(phoneOptions(shared.sandbox));
  await phone.event('Registered');
  assert.equal(await phone.page.evaluate(() => locks.length), 0);
  await phone.talksTo(OUTSIDE);
  await until(() => phone.page.evaluate(() => locks.some(({ released: gone }) => !gone)), { what: 'the screen is kept on' });
  await phone.does('hangup');
  await phone.event('Terminated');
  await until(() => phone.page.evaluate(() => locks.every(({ released: gone }) => gone)), { what: 'the screen may go off' });
});
