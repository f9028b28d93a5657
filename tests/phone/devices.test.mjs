import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone, phoneOptions, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, phoneAtPeer, rings } from '../lib/phone-at-peer.mjs';
import { hearsExactly, OWN_SOUND, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', CUSTOMER]);

const ECHO = '00030001';
const OWN = toneOf('1001');

/**
 * Runs in the page before the phone starts: `plug` says which devices there are from now on, and how often the browser tells
 * of it; undefined: those of the browser.
 */
function ownList() {
  const { mediaDevices } = navigator;
  const real = mediaDevices.enumerateDevices.bind(mediaDevices);
  let change = (list) => list;
  mediaDevices.enumerateDevices = async () => change((await real()).map((device) => device.toJSON()));
  window.plug = (how, times = 3) => {
    change = how;
    for (let told = 0; told < times; told += 1) mediaDevices.dispatchEvent(new Event('devicechange'));
  };
}

/** A phone that is registered in a page with a list of devices of its own. */
async function phoneWithList(t, more) {
  const phone = await openPhone(t, shared);
  await phone.page.evaluate(ownList);
  await phone.start(phoneOptions(shared.sandbox, '1001', more));
  await phone.event('Registered');
  return phone;
}

/** The device whose sound is sent. */
const sending = (phone) => phone.page.evaluate(() => peers.at(-1).getSenders().map(({ track }) => track?.getSettings().deviceId)[0]);

test('all devices are listed, and the one in use is known', async (t) => {
  const phone = await registeredPhone(t, shared);
  const devices = await phone.does('getDevices');
  const kinds = (kind) => devices.filter((one) => one.kind === kind);
  assert.deepEqual([kinds('audioinput').length, kinds('audiooutput').length], [3, 3]);
  assert.ok(devices.every(({ label, deviceId }) => label && deviceId), 'each has a name');
  assert.deepEqual((await phone.get('devices')).map(({ deviceId }) => deviceId), devices.map(({ deviceId }) => deviceId));
  assert.equal((await phone.get('currentDevices')).deviceId, 'default');
});

test('the microphone that was chosen is asked for, with what makes a voice clear', async (t) => {
  const phone = await registeredPhone(t, shared);
  const [, second] = (await phone.does('getDevices')).filter(({ kind }) => kind === 'audioinput');
  await phone.does('setMicrophone', second.deviceId);
  await phone.talksTo(ECHO);
  assert.equal(await sending(phone), second.deviceId);
  const { audio, video } = (await phone.microphones()).at(-1);
  const { echoCancellation, noiseSuppression, autoGainControl } = audio;
  assert.deepEqual([echoCancellation, noiseSuppression, autoGainControl], [true, true, true]);
  assert.ok(!video);
});

test('a microphone chosen in the options, or kept by pages of the original, is the one in use', async (t) => {
  const page = await openPhone(t, shared);
  const [, second, third] = (await page.page.evaluate(async () => (await navigator.mediaDevices.enumerateDevices()).map((one) => one.toJSON())))
    .filter(({ kind }) => kind === 'audioinput').map(({ deviceId }) => deviceId);
  await page.page.evaluate((id) => localStorage.setItem('audioDeviceId', id), second);
  await page.start(phoneOptions(shared.sandbox));
  await page.event('Registered');
  await page.talksTo(ECHO);
  assert.equal(await sending(page), second);
  await page.does('hangup');
  await page.event('Terminated');

  await page.does('init', phoneOptions(shared.sandbox, '1001', { microphone: third }));
  await page.event('Registered', { nth: 2 });
  // The new phone counts its calls from one again, as the first did.
  await page.does('call', ECHO);
  await page.event('Accepted', { nth: 2 });
  assert.equal(await sending(page), third);
});

test('what a page wants of the microphone is asked for', async (t) => {
  const phone = await registeredPhone(t, shared, { more: { audio: { noiseSuppression: false, channelCount: 1 } } });
  await phone.talksTo(ECHO);
  const { audio } = (await phone.microphones()).at(-1);
  assert.deepEqual([audio.noiseSuppression, audio.channelCount, audio.echoCancellation], [false, 1, true]);
});

test('a change is told once, however often the browser tells of it, and nothing that is none', async (t) => {
  const phone = await phoneWithList(t);
  await phone.page.evaluate(() => plug((list) => list));
  await phone.page.evaluate(() => plug((list) => [...list, { kind: 'audioinput', deviceId: 'headset', groupId: 'headset', label: 'A headset' }]));
  await phone.event('DevicesChanged');
  await until(async () => (await phone.get('devices')).some(({ deviceId }) => deviceId === 'headset'), { what: 'the headset is listed' });
  // The next change is a mark: everything that was told before it has been told.
  await phone.page.evaluate(() => plug((list) => list));
  await phone.event('DevicesChanged', { nth: 2 });
  assert.equal((await phone.told('DevicesChanged')).length, 2);
});

test('when the system takes another microphone the call goes on with it', async (t) => {
  const phone = await phoneWithList(t);
  await phone.talksTo(ECHO);
  await hearsExactly(phone.page, [OWN]);
  const asked = (await phone.microphones()).length;
  await phone.page.evaluate(() => plug((list) => list.map((one) => (one.deviceId === 'default' ? { ...one, groupId: 'another' } : one))));
  await until(async () => (await phone.microphones()).length > asked, { what: 'the microphone is opened anew' });
  await hearsExactly(phone.page, [OWN]);
  assert.equal((await phone.microphones()).length, asked + 1, 'once');
});

test('a microphone that does not exist is reported where it was chosen, and the call keeps the one it has', async (t) => {
  const phone = await registeredPhone(t, shared, { more: { audio: {} } });
  await phone.talksTo(ECHO);
  await phone.page.evaluate(() => {
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia;
    mediaDevices.getUserMedia = async () => {
      mediaDevices.getUserMedia = real;
      throw new DOMException('Requested device not found', 'NotFoundError');
    };
  });
  const error = await phone.throws('setMicrophone', 'no-such-device');
  assert.deepEqual([error.isError, error.code], [true, 'MICROPHONE_MISSING']);
  await hearsExactly(phone.page, [OWN]);
});

test('the other party is heard, and it rings, where the page wants it', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const [, speaker, ringer] = (await phone.does('getDevices')).filter(({ kind }) => kind === 'audiooutput').map(({ deviceId }) => deviceId);
  await phone.does('setSpeaker', speaker);
  await phone.does('setRingDevice', ringer);
  const sinks = () => phone.page.evaluate((label) => [...document.querySelectorAll('audio')].filter(({ paused }) => !paused)
    .map(({ srcObject, sinkId }) => ({ voice: srcObject.getAudioTracks()[0].label !== label, sinkId })), OWN_SOUND);

  const one = await rings(t, shared, pair);
  await until(async () => (await sinks()).some(({ voice, sinkId }) => !voice && sinkId === ringer), { what: 'it rings at the ring device' });
  await phone.does('answer');
  await one.far.takeAnswer((await one.call.final).body);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
  // It is heard before its device is another.
  await until(async () => (await sinks())[0]?.sinkId === speaker, { what: 'the voice is at its device' });
  assert.deepEqual(await sinks(), [{ voice: true, sinkId: speaker }]);

  // In the call as well.
  await phone.does('setSpeaker', ringer);
  await until(async () => (await sinks())[0].sinkId === ringer, { what: 'the voice moves' });
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
});

test('the level of both sides is told while somebody listens to it', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.page.evaluate(() => {
    window.levels = [];
    window.levelId = phone.on('Level', (level) => levels.push(level));
  });
  await phone.talksTo(ECHO);
  const loud = () => phone.page.evaluate(() => levels.some(({ input, output }) => input > 0.05 && output > 0.05));
  await until(loud, { what: 'both sides are loud' });
  assert.ok(await phone.page.evaluate(() => levels.every(({ input, output }) => [input, output].every((one) => one >= 0 && one <= 1))));
  assert.equal(await phone.page.evaluate(() => phone.off('Level', levelId)), true);
});
