import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, isAnswered, phoneAtPeer, rings } from '../lib/phone-at-peer.mjs';
import { until } from '../lib/until.mjs';

// As in an agent's browser: nothing sounds before somebody has touched the page.
const shared = withPhones(['1001', CUSTOMER], { browser: { gestures: true } });

/** The sounds of files that the page plays now; a voice comes from no file. */
const ringing = ({ page }) => page.evaluate(() => [...document.querySelectorAll('audio')]
  .filter(({ paused, src, currentTime }) => !paused && src && currentTime > 0).map(({ src, loop }) => ({ src, loop })));

const rung = (phone) => until(async () => (await ringing(phone)).length > 0, { what: 'it rings' });
const quiet = (phone) => until(async () => (await ringing(phone)).length === 0, { what: 'it rings no longer' });

test('it rings until it is answered, refused, or the caller gives up', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const answered = await rings(t, shared, pair);
  await rung(phone);
  assert.deepEqual((await ringing(phone)).map(({ src, loop }) => [src.slice(0, 5), loop]), [['blob:', true]]);
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

test('what it rings with is a sound file of two bursts with the two tones of a bell', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  await rings(t, shared, pair);
  await rung(pair.phone);
  const bytes = Buffer.from(await pair.phone.page.evaluate(async () => {
    const { src } = [...document.querySelectorAll('audio')].find(({ paused }) => !paused);
    return [...new Uint8Array(await (await fetch(src)).arrayBuffer())];
  }));
  assert.equal(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16), 'RIFFWAVEfmt ');
  assert.equal(bytes.toString('latin1', 36, 40), 'data');
  assert.deepEqual([bytes.readUInt32LE(4), bytes.readUInt32LE(40)], [bytes.length - 8, bytes.length - 44]);
  const rate = bytes.readUInt32LE(24);
  const part = (from, to) => [...bytes.subarray(44)].slice(from * rate, to * rate).map((sample) => sample - 128);
  for (const [from, to, sounds] of [[0, 0.4, true], [0.4, 0.6, false], [0.6, 1, true], [1, 3, false]]) {
    const peak = Math.max(...part(from, to).map(Math.abs));
    assert.ok(sounds ? peak >= 100 && peak <= 126 : peak === 0, `peak ${peak} from ${from} to ${to} s`);
  }
  // Over a whole number of waves of all three.
  const strength = (hz) => {
    const burst = part(0, 0.4);
    const sum = (wave) => burst.reduce((total, sample, at) => total + sample * wave((at / rate) * hz * 2 * Math.PI), 0);
    return (Math.hypot(sum(Math.cos), sum(Math.sin)) * 2) / burst.length;
  };
  for (const hz of [440, 480]) assert.ok(strength(hz) > 50, `${hz} Hz: ${strength(hz)}`);
  assert.ok(strength(460) < 5, `${strength(460)}`);
});

test('where the browser refuses to ring, the page hears of it, and it rings at the first gesture', async (t) => {
  const pair = await phoneAtPeer(t, shared, { touched: false });
  const { phone } = pair;
  const { id } = await rings(t, shared, pair);
  assert.equal((await phone.event('RingBlocked')).call.id, id);
  assert.deepEqual(await ringing(phone), []);
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
  assert.equal((await ringing(phone)).length, 1);
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
