import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { ownClock } from '../lib/page-clock.mjs';
import { openPhone, phoneOptions, withPhones } from '../lib/phone-agent.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';

const shared = withPhones();
/** How long a description waits for ways to reach the phone, ms. */
const BOUND = 500;
/** The page's clock goes so many times slower than the machine's: what a busy machine adds counts as little. */
const SLOWER = 14;
/** Two ticks of a busy machine, in the page's time. */
const LATE = 100;

/** A server for addresses that never answers; Chromium asks such a one for nearly ten seconds. */
async function silentServer(t) {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  return `stun:127.0.0.1:${socket.address().port}`;
}

/** A phone on a slow clock, registered. */
async function slowPhone(t, more) {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  await profile.addInitScript(ownClock);
  const phone = await openPhone(t, shared, { profile });
  await phone.start(phoneOptions(shared.sandbox, '1001', more));
  await phone.event('Registered');
  await phone.page.evaluate((times) => clock.fast(1 / times), SLOWER);
  return phone;
}

const noted = (trace, start) => trace.filter(({ way, line }) => way === 'note' && line.startsWith(start));
const sent = (trace, start) => trace.find(({ way, line }) => way === 'sent' && line.startsWith(start));

/** How long each wait for ways lasted by the trace, and the trace itself. */
async function waits(phone, id) {
  const trace = await phone.trace(id);
  const [begins, ends] = [noted(trace, 'gathering begins'), noted(trace, 'gathering ends')];
  assert.equal(begins.length, ends.length, JSON.stringify(trace.map(({ at, line }) => [at, line])));
  return { trace, begins, waited: begins.map(({ at }, turn) => ends[turn].at - at) };
}

test('a call goes out at the bound though a server for addresses never answers', async (t) => {
  const phone = await slowPhone(t, { iceServers: [{ urls: await silentServer(t) }] });
  await phone.does('call', '00020000');
  await phone.event('Accepted');
  const { trace, begins, waited: [waited] } = await waits(phone);
  assert.ok(waited >= BOUND - 1 && waited <= BOUND + LATE, `waited ${waited} ms`);
  assert.ok(sent(trace, 'INVITE').at - begins[0].at <= BOUND + LATE);
});

test('an answer goes out at the bound though a server for addresses never answers', async (t) => {
  const phone = await slowPhone(t, { iceServers: [{ urls: await silentServer(t) }], autoAnswer: true });
  const caller = await openPhone(t, shared);
  await caller.start(phoneOptions(shared.sandbox, '1002'));
  await caller.event('Registered');
  await caller.does('call', '1001');
  await caller.event('Accepted');
  const { waited: [waited] } = await waits(phone);
  assert.ok(waited >= BOUND - 1 && waited <= BOUND + LATE, `waited ${waited} ms`);
});

test('without such a server nothing is waited for but the first way', async (t) => {
  const phone = await slowPhone(t);
  await phone.does('call', '00020000');
  await phone.event('Accepted');
  const { waited: [waited] } = await waits(phone);
  assert.ok(waited < BOUND - 1, `waited ${waited} ms`);
});
