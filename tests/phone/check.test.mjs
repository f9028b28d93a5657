import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone, phoneOptions, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

const ECHO = '00030001';

/** The parts of a verdict by name. */
const parts = (verdict) => Object.fromEntries(verdict.parts.map((part) => [part.name, part]));

test('a phone that has all it needs is told so, part by part', async (t) => {
  const phone = await registeredPhone(t, shared);
  const verdict = await phone.does('check', { echo: ECHO, timeout: 30_000 });
  assert.deepEqual(verdict.parts.map(({ name, ok }) => [name, ok]), [
    ['microphone', true], ['devices', true], ['socket', true], ['registration', true], ['network', true], ['echo', true],
  ]);
  assert.equal(verdict.ok, true);
  // Nothing is left of it.
  assert.deepEqual(await phone.calls(), []);
  await until(async () => (await shared.sandbox.state()).calls.length === 0, { what: 'the echo call is over' });
});

test('without an echo number no call is made', async (t) => {
  const phone = await registeredPhone(t, shared);
  const verdict = await phone.does('check', { timeout: 30_000 });
  assert.equal(verdict.ok, true, JSON.stringify(verdict));
  assert.deepEqual(await phone.told('Try'), []);
});

test('a microphone that may not be used is found, and said what to do about', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };
  });
  const verdict = await phone.does('check');
  const { microphone } = parts(verdict);
  assert.deepEqual([verdict.ok, microphone.ok, microphone.code], [false, false, 'MICROPHONE_DENIED']);
  assert.ok(microphone.message && microphone.remedy);
});

test('a link that is refused is found', async (t) => {
  const phone = await openPhone(t, shared);
  await shared.sandbox.fault('refuse-connections', { path: '/sip', ms: 600_000 });
  await phone.start(phoneOptions(shared.sandbox));
  const verdict = await phone.does('check', { timeout: 2000 });
  const { socket, registration, microphone } = parts(verdict);
  assert.deepEqual([verdict.ok, microphone.ok, socket.ok, registration.ok], [false, true, false, false]);
});

test('a password that is refused is found', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.start(phoneOptions(shared.sandbox, '1001', { password: 'wrong' }));
  await phone.event('RegistrationFailed');
  const verdict = await phone.does('check', { timeout: 2000 });
  const { socket, registration } = parts(verdict);
  assert.deepEqual([verdict.ok, socket.ok, registration.ok], [false, true, false]);
});

test('servers for addresses that do not answer are found', async (t) => {
  const phone = await registeredPhone(t, shared, {
    more: { iceServers: [{ urls: 'stun:127.0.0.1:9' }, { urls: 'turn:127.0.0.1:9?transport=udp', username: 'u', credential: 'p' }] },
  });
  const verdict = await phone.does('check', { timeout: 3000 });
  const { stun, turn } = parts(verdict);
  assert.deepEqual([verdict.ok, stun.ok, stun.code, turn.ok, turn.code], [false, false, 'CHECK_NO_STUN', false, 'CHECK_NO_TURN']);
});

test('an echo call that nobody answers is found', async (t) => {
  const phone = await registeredPhone(t, shared);
  const verdict = await phone.does('check', { echo: '00002114', timeout: 5000 });
  const { echo } = parts(verdict);
  assert.deepEqual([verdict.ok, echo.ok], [false, false]);
  assert.deepEqual(await phone.calls(), []);
});
