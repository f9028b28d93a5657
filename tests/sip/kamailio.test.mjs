import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone } from '../lib/phone-agent.mjs';
import { TONE_OF, ourPhone, theirPhone, withServer } from '../lib/phone-beside.mjs';
import { startKamailio } from '../lib/phone-kamailio.mjs';
import { packets } from '../lib/phone-page.mjs';
import { hearsExactly, hearsKeys } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withServer(startKamailio);

const bothHear = (ours, theirs, name = 'peer') => Promise.all([
  hearsExactly(ours.page, [TONE_OF[name]]), hearsExactly(theirs.page, [TONE_OF.ours]),
]);

/** Our phone and one made of JsSIP talk; `fromUs` says who called. */
async function talking(t, fromUs) {
  const [ours, theirs] = [await ourPhone(t, shared), await theirPhone(t, shared, 'peer')];
  if (fromUs) {
    await ours.does('call', 'peer');
    assert.equal((await theirs.told('call')).from, 'ours');
    await ours.event('Ringing');
    await theirs.answer();
  } else {
    await theirs.call('ours');
    const { call } = await ours.event('Invite');
    assert.deepEqual([call.number, call.direction], ['peer', 'inbound']);
    await theirs.told('progress');
    await ours.does('answer');
  }
  await Promise.all([ours.event('Accepted'), theirs.told('confirmed')]);
  await bothHear(ours, theirs);
  return { ours, theirs };
}

test('the phone registers with a digest, and a wrong password is refused', async (t) => {
  const phone = await ourPhone(t, shared);
  const trace = await phone.trace(0);
  assert.ok(trace.some(({ way, status }) => way === 'received' && status === 401), 'it was asked for a digest');
  await phone.does('unregister');
  await phone.event('UnRegistered');

  const stranger = await openPhone(t, { sandbox: shared.site, browsers: shared.browsers }, { number: 'ours' });
  await stranger.start({ ...shared.server.account('ours'), password: 'wrong' });
  assert.equal((await stranger.event('RegistrationFailed')).status, 401);
});

for (const fromUs of [true, false]) {
  const who = fromUs ? 'a call to JsSIP' : 'a call from JsSIP';

  test(`${who} is heard both ways and ended from here`, async (t) => {
    const { ours, theirs } = await talking(t, fromUs);
    await ours.does('hangup');
    await theirs.told('ended', { by: 'remote' });
    await ours.event('Terminated', { by: 'us' });
  });

  test(`${who} is held from here, and from there, and ended from there`, async (t) => {
    const { ours, theirs } = await talking(t, fromUs);
    await ours.does('hold');
    await theirs.told('hold', { by: 'remote' });
    await Promise.all([hearsExactly(theirs.page, []), hearsExactly(ours.page, [])]);
    // JsSIP's re-INVITE during our hold: not one packet leaves for it.
    const { sent } = await packets(ours.page);
    await theirs.does('renegotiate');
    await until(async () => (await ours.trace()).filter(({ way, line }) => way === 'received' && line.startsWith('INVITE ')).length > (fromUs ? 0 : 1), { what: 'a re-INVITE of JsSIP' });
    await hearsExactly(theirs.page, []);
    assert.equal((await packets(ours.page)).sent, sent);
    await ours.does('unHold');
    await theirs.told('unhold', { by: 'remote' });
    await bothHear(ours, theirs);

    await theirs.does('hold');
    await ours.event('Held', { byPeer: true, on: true });
    await hearsExactly(theirs.page, []);
    await theirs.does('unhold');
    await ours.event('Held', { byPeer: true, on: false });
    await bothHear(ours, theirs);
    await theirs.does('terminate');
    await ours.event('Terminated', { by: 'them' });
  });

  test(`in ${who} keys go both ways`, async (t) => {
    const { ours, theirs } = await talking(t, fromUs);
    await hearsKeys(theirs.page, '26', (key) => ours.does('dtmf', key));
    await hearsKeys(ours.page, '7', (key) => theirs.does('sendDTMF', key, { transportType: 'RFC2833', duration: 200 }));
    // What JsSIP does by default.
    await theirs.does('sendDTMF', '5');
    assert.equal((await ours.event('Dtmf')).digit, '5');
  });
}

test('who called JsSIP gives the call to a third, and is out of it', async (t) => {
  const { ours, theirs } = await talking(t, true);
  const third = await theirPhone(t, shared, 'third');
  await ours.does('transfer', 'third');
  await third.told('call');
  await third.answer();
  await third.told('confirmed');
  await ours.event('Transferring', { status: 200 });
  await ours.event('Terminated');
  await Promise.all([hearsExactly(third.page, [TONE_OF.peer]), hearsExactly(theirs.page, [TONE_OF.third]), hearsExactly(ours.page, [])]);
});

test('who is given to a third by JsSIP calls the third', async (t) => {
  const { ours, theirs } = await talking(t, false);
  const third = await theirPhone(t, shared, 'third');
  await theirs.does('refer', 'sip:third@phones.test');
  const { from } = await third.told('call');
  assert.equal(from, 'ours');
  await third.answer();
  await third.told('confirmed');
  await theirs.does('terminate');
  await bothHear(ours, third, 'third');
});

test('two calls with JsSIP are joined', async (t) => {
  const { ours, theirs } = await talking(t, true);
  const third = await theirPhone(t, shared, 'third');
  await ours.does('call', 'third');
  await third.told('call');
  await third.answer();
  await third.told('confirmed');
  await Promise.all([bothHear(ours, third, 'third'), hearsExactly(theirs.page, [])]);
  await ours.does('attendedTransfer');
  await ours.event('Terminated', { nth: 2 });
  await Promise.all([hearsExactly(third.page, [TONE_OF.peer]), hearsExactly(theirs.page, [TONE_OF.third])]);
});

test('a phone that another takes the place of in a call answers the newcomer by itself', async (t) => {
  const { ours, theirs } = await talking(t, false);
  const third = await theirPhone(t, shared, 'third');
  await theirs.does('hold');
  await theirs.call('third');
  await third.told('call');
  await third.answer();
  await third.told('confirmed');
  // The third is asked to take our peer's place, with Replaces; we answer it, and the first call ends.
  await theirs.attend(1, 0);
  await third.told('confirmed', { nth: 2 });
  await theirs.does('terminate');
  await bothHear(ours, third, 'third');
  await until(async () => (await ours.calls()).length === 1, { what: 'the first call is over' });
});

test('a call that nobody can be had for fails, and one that is refused too', async (t) => {
  const ours = await ourPhone(t, shared);
  await ours.does('call', 'nobody');
  assert.equal((await ours.event('CallFailed')).status, 480);
  const theirs = await theirPhone(t, shared, 'peer');
  await ours.does('call', 'peer');
  await theirs.told('call');
  await theirs.does('terminate');
  assert.ok((await ours.event('CallFailed', { nth: 2 })).status >= 480);
  await ours.event('Terminated', { nth: 2 });
});
