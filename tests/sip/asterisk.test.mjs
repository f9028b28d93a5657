import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asteriskLacks, startAsterisk } from '../lib/phone-asterisk.mjs';
import { TONE_OF, ourPhone, theirPhone, withServer } from '../lib/phone-beside.mjs';
import { inOwnNetwork, setUpNetwork } from '../lib/phone-own-network.mjs';
import { hearsExactly, hearsKeys } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

inOwnNetwork(import.meta.filename, () => {
  setUpNetwork();
  const shared = withServer(startAsterisk);

  const bothHear = (ours, theirs, name = 'peer') => Promise.all([
    hearsExactly(ours.page, [TONE_OF[name]]), hearsExactly(theirs.page, [TONE_OF.ours]),
  ]);

  /** Our phone has called one made of JsSIP, and they talk. */
  async function talking(t) {
    const [ours, theirs] = [await ourPhone(t, shared), await theirPhone(t, shared, 'peer')];
    await ours.does('call', 'peer');
    await theirs.told('call');
    await theirs.answer();
    await Promise.all([ours.event('Accepted'), theirs.told('confirmed')]);
    await bothHear(ours, theirs);
    return { ours, theirs };
  }

  test('the phone registers at Asterisk, calls, is held, and hangs up', async (t) => {
    const { ours, theirs } = await talking(t);
    await ours.does('hold');
    await ours.event('Held', { byPeer: false, on: true });
    await Promise.all([hearsExactly(theirs.page, []), hearsExactly(ours.page, [])]);
    await ours.does('unHold');
    await bothHear(ours, theirs);
    await ours.does('hangup');
    await theirs.told('ended', { by: 'remote' });
  });

  test('the phone is called through Asterisk, answers, and is hung up on', async (t) => {
    const [ours, theirs] = [await ourPhone(t, shared), await theirPhone(t, shared, 'peer')];
    await theirs.call('ours');
    await ours.event('Invite');
    await ours.does('answer');
    await theirs.told('confirmed');
    await bothHear(ours, theirs);
    await theirs.does('terminate');
    await ours.event('Terminated', { by: 'them' });
  });

  test('Asterisk echoes what the phone says', async (t) => {
    const ours = await ourPhone(t, shared);
    await ours.talksTo('7000');
    await hearsExactly(ours.page, [TONE_OF.ours]);
    await ours.does('mute');
    await hearsExactly(ours.page, []);
    await ours.does('unMute');
    await hearsExactly(ours.page, [TONE_OF.ours]);
    await ours.does('hangup');
    await ours.event('Terminated', { by: 'us' });
  });

  test('Asterisk takes the keys that the phone sends, and sends them back', async (t) => {
    const ours = await ourPhone(t, shared);
    await ours.talksTo('7001');
    for (const key of '2604') await ours.does('dtmf', key);
    const taken = await until(() => shared.server.output().match(/KEYS ARE ([\d*#]+)[^\d*#]/)?.[1], { what: 'Asterisk says which keys it took' });
    assert.equal(taken, '2604');
    await hearsKeys(ours.page, '2604');
  });

  test('two calls through Asterisk are joined', async (t) => {
    const { ours, theirs } = await talking(t);
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

  test('a call is given to a third through Asterisk', async (t) => {
    const { ours, theirs } = await talking(t);
    const third = await theirPhone(t, shared, 'third');
    await ours.does('transfer', 'third');
    await third.told('call');
    await third.answer();
    await third.told('confirmed');
    await ours.event('Terminated');
    await Promise.all([hearsExactly(third.page, [TONE_OF.peer]), hearsExactly(theirs.page, [TONE_OF.third])]);
  });
}, { lacking: asteriskLacks });
