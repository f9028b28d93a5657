import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, isAnswered, phoneAtPeer, rings } from '../lib/phone-at-peer.mjs';
import { OWN_SOUND } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

// As in an agent's browser: nothing sounds before somebody has touched the page.
const shared = withPhones(['1001', CUSTOMER], { browser: { gestures: true } });

/** How many ring tones the page plays now. They are of its own making: a voice comes from elsewhere. */
const ringing = ({ page }) => page.evaluate((label) => [...document.querySelectorAll('audio')]
  .filter(({ paused, srcObject, currentTime }) => !paused && srcObject?.getAudioTracks()[0].label === label && currentTime > 0).length, OWN_SOUND);

const rung = (phone) => until(async () => await ringing(phone) > 0, { what: 'it rings' });
const quiet = (phone) => until(async () => await ringing(phone) === 0, { what: 'it rings no longer' });

test('it rings until it is answered, refused, or the caller gives up', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const answered = await rings(t, shared, pair);
  await rung(phone);
  assert.equal(await ringing(phone), 1);
  await phone.does('answer');
  await isAnswered(answered);
  await quiet(phone);
  await phone.does('hangup');
  await phone.event('Terminated');

  const refused = await rings(t, shared, pair);
  await rung(phone);
  await phone.does('hangup');
  assert.ok((await refused.call.final).status >= 480);
  await quiet(phone);

  const given = await rings(t, shared, pair);
  await rung(phone);
  given.call.cancel();
  assert.equal((await given.call.final).status, 487);
  await phone.event('Terminated', { nth: 3 });
  await quiet(phone);
  assert.deepEqual(await phone.told('RingBlocked'), []);
});

test('what it rings with, again and again, is two bursts with the two tones of a bell', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  await pair.phone.page.evaluate(() => {
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function () {
      window.tone = this;
      start.call(this);
    };
  });
  await rings(t, shared, pair);
  await rung(pair.phone);
  const { loop, rate, samples } = await pair.phone.page.evaluate(() => {
    const { loop, buffer } = window.tone;
    return { loop, rate: buffer.sampleRate, samples: [...buffer.getChannelData(0)] };
  });
  assert.deepEqual([loop, samples.length], [true, 3 * rate]);
  const part = (from, to) => samples.slice(from * rate, to * rate);
  for (const [from, to, sounds] of [[0, 0.4, true], [0.4, 0.6, false], [0.6, 1, true], [1, 3, false]]) {
    const peak = Math.max(...part(from, to).map(Math.abs));
    assert.ok(sounds ? peak >= 0.8 && peak < 1 : peak === 0, `peak ${peak} from ${from} to ${to} s`);
  }
  // Over a whole number of waves of all three.
  const strength = (hz) => {
    const burst = part(0, 0.4);
    const sum = (wave) => burst.reduce((total, sample, at) => total + sample * wave((at / rate) * hz * 2 * Math.PI), 0);
    return (Math.hypot(sum(Math.cos), sum(Math.sin)) * 2) / burst.length;
  };
  for (const hz of [440, 480]) assert.ok(strength(hz) > 0.4, `${hz} Hz: ${strength(hz)}`);
  assert.ok(strength(460) < 0.04, `${strength(460)}`);
});

test('where the browser refuses to ring, the page hears of it, and it rings at the first gesture', async (t) => {
  const pair = await phoneAtPeer(t, shared, { touched: false });
  const { phone } = pair;
  const { id } = await rings(t, shared, pair);
  assert.equal((await phone.event('RingBlocked')).call.id, id);
  assert.equal(await ringing(phone), 0);
  await phone.page.keyboard.press('a');
  await rung(phone);
});

test('what the browser refused is not made up for when the call is over', async (t) => {
  const pair = await phoneAtPeer(t, shared, { touched: false });
  const { phone } = pair;
  const { call } = await rings(t, shared, pair);
  await phone.event('RingBlocked');
  call.cancel();
  await phone.event('Terminated');
  await phone.page.keyboard.press('a');
  await rings(t, shared, pair);
  await rung(phone);
  assert.equal(await ringing(phone), 1);
});

test('a page may bring its own ring tone', async (t) => {
  const tone = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YQAAAAA=';
  const pair = await phoneAtPeer(t, shared, { more: { ring: tone } });
  await pair.phone.page.evaluate(() => {
    window.played = [];
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () {
      played.push(this.src);
      return play.call(this);
    };
  });
  await rings(t, shared, pair);
  await until(() => pair.phone.page.evaluate((src) => played.includes(src), tone), { what: 'the page\'s own tone is played' });
});
