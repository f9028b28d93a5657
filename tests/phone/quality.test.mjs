import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, phoneAtPeer, talks } from '../lib/phone-at-peer.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', CUSTOMER]);

const OUTSIDE = '00042130';

/** What is told of a call that goes well. */
function isGood(quality) {
  const { mos, jitter, loss, roundTrip, inputLevel, outputLevel, codec, pair } = quality;
  assert.ok(mos >= 1 && mos <= 4.5, `mos ${mos}`);
  for (const [name, value] of Object.entries({ jitter, loss, roundTrip })) assert.ok(value >= 0, `${name} ${value}`);
  for (const [name, value] of Object.entries({ inputLevel, outputLevel })) assert.ok(value > 0 && value <= 1, `${name} ${value}`);
  assert.match(codec, /PCMU|PCMA|opus/i);
  assert.match(JSON.stringify(pair), /host|prflx/);
}

test('how a call sounds is told again and again, in figures', async (t) => {
  const phone = await registeredPhone(t, shared);
  const id = await phone.talksTo(OUTSIDE);
  await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
  // What was told so far, and what comes next, may be of a moment before the sound began.
  const told = await phone.told('Quality');
  const quality = await phone.event('Quality', { nth: told.length + 2 });
  assert.equal(quality.call.id, id);
  isGood(quality);
  isGood(await phone.does('statistics'));
  isGood(await phone.does('statistics', id));
  assert.deepEqual((await phone.told('Warning')).filter(({ code }) => ['WARN_NO_INCOMING_AUDIO', 'WARN_MICROPHONE_SILENT'].includes(code)), []);
  await phone.does('hangup');
  await phone.event('Terminated');
});

test('the codec that both sides chose is told', async (t) => {
  for (const [codecs, chosen] of [[['opus', 'telephone-event'], /opus/i], [['PCMA', 'telephone-event'], /PCMA/i]]) {
    const pair = await phoneAtPeer(t, shared);
    const { far } = await talks(t, shared, pair, { codecs });
    await hearsExactly(far.page, [toneOf('1001')]);
    const told = await pair.phone.told('Quality');
    const { codec } = await pair.phone.event('Quality', { nth: told.length + 2 });
    assert.match(codec, chosen);
    await pair.phone.does('hangup');
    await pair.phone.event('Terminated');
  }
});

test('when nothing comes any more a warning says so, with cause and remedy, and that it is over', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const { far, id } = await talks(t, shared, pair);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
  const about = async () => (await phone.told('Warning')).filter(({ code }) => code === 'WARN_NO_INCOMING_AUDIO');
  // Where the sound took long to begin there was one before, which is over by now or soon.
  await until(async () => (await about()).length % 2 === 0, { what: 'no warning is open' });
  const before = (await about()).length;
  await far.speaks(false);
  const warning = await until(async () => (await about())[before], { what: 'the warning' });
  assert.equal(warning.call.id, id);
  for (const name of ['message', 'remedy']) assert.ok(warning[name].length > 5, `${name}: ${warning[name]}`);
  assert.ok(!warning.over);
  await far.speaks(true);
  const end = await until(async () => (await about())[before + 1], { what: 'its end' });
  assert.ok(end.over);
  assert.equal((await about()).length, before + 2, 'once each');
});

test('a microphone that gives nothing is told of, one that is muted or on hold is not', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia;
    // One that gives no sound at all, as one that is switched off at its own button.
    mediaDevices.getUserMedia = async (...given) => {
      for (const track of (await real(...given)).getTracks()) track.stop();
      return new AudioContext().createMediaStreamDestination().stream;
    };
  });
  await phone.talksTo(OUTSIDE);
  await phone.does('mute');
  const silent = async () => (await phone.told('Warning')).filter(({ code }) => code === 'WARN_MICROPHONE_SILENT');
  // Long enough for a warning, were it one.
  await phone.event('Quality', { nth: 8 });
  assert.deepEqual(await silent(), []);
  await phone.does('unMute');
  await phone.event('Warning', { code: 'WARN_MICROPHONE_SILENT', bound: 60_000 });
});
