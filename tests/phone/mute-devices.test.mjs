import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

/** Whoever answers there sends back what it hears, a second later. */
const ECHO = '00030001';
const OWN = toneOf('1001');

/** A phone that hears itself. */
async function hearingItself(t) {
  const phone = await registeredPhone(t, shared);
  await phone.talksTo(ECHO);
  await hearsExactly(phone.page, [OWN]);
  return phone;
}

const inputs = async (phone) => (await phone.does('getDevices')).filter(({ kind }) => kind === 'audioinput').map(({ deviceId }) => deviceId);

/** The device whose sound is sent. */
const sending = (phone) => phone.page.evaluate(() => peers.at(-1).getSenders().map(({ track }) => track?.getSettings().deviceId)[0]);

test('who is muted stays so with every other microphone, until the mute is taken back', async (t) => {
  const phone = await hearingItself(t);
  const [first, second, third] = await inputs(phone);
  assert.equal(await sending(phone), first);

  await phone.does('mute');
  await phone.event('Muted', { on: true });
  assert.equal(await phone.get('isMute'), true);
  await hearsExactly(phone.page, []);
  for (const device of [second, third]) {
    await phone.does('setMicrophone', device);
    await until(async () => await sending(phone) === device, { what: 'another microphone is in use' });
    await hearsExactly(phone.page, []);
    assert.equal(await phone.get('isMute'), true);
  }
  await phone.does('unMute');
  await phone.event('Muted', { on: false });
  await hearsExactly(phone.page, [OWN]);
  assert.equal(await sending(phone), third);
});

test('who is muted stays so through hold', async (t) => {
  const phone = await hearingItself(t);
  await phone.does('mute');
  await phone.does('hold');
  await phone.event('Held', { on: true });
  await phone.does('unHold');
  await phone.event('Held', { on: false });
  await hearsExactly(phone.page, []);
  assert.equal(await phone.get('isMute'), true);
  await phone.does('unMute');
  await hearsExactly(phone.page, [OWN]);
});

test('who is muted stays so when the microphone is pulled out and the browser takes another', async (t) => {
  const phone = await hearingItself(t);
  await phone.does('mute');
  await hearsExactly(phone.page, []);
  const before = (await phone.microphones()).length;
  await phone.page.evaluate(() => {
    const { track } = peers.at(-1).getSenders()[0];
    track.stop();
    // The browser says so of a device that is gone, and not of a track that the page itself has stopped.
    track.dispatchEvent(new Event('ended'));
  });
  await until(async () => (await phone.microphones()).length > before, { what: 'the phone opens a microphone anew' });
  await hearsExactly(phone.page, []);
  await phone.does('unMute');
  await hearsExactly(phone.page, [OWN]);
});

test('another microphone is taken in the call that goes on, which nobody notices', async (t) => {
  const phone = await hearingItself(t);
  const [, second] = await inputs(phone);
  const offers = (await phone.trace()).filter(({ line }) => line.startsWith('INVITE ')).length;
  await phone.does('setMicrophone', second);
  await until(async () => await sending(phone) === second, { what: 'the other microphone is in use' });
  await hearsExactly(phone.page, [OWN]);
  assert.equal((await phone.get('currentDevices')).deviceId, second);
  assert.equal((await phone.trace()).filter(({ line }) => line.startsWith('INVITE ')).length, offers, 'nothing was offered anew');
});
