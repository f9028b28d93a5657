import { test } from 'node:test';
import { registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { changeAddress, inOwnNetwork, setUpNetwork } from '../lib/phone-own-network.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const OUTSIDE = '00042130';

inOwnNetwork(import.meta.filename, () => {
  setUpNetwork();
  const shared = withPhones();

  test('a machine that gets another address in a call is heard, and hears, again', async (t) => {
    const phone = await registeredPhone(t, shared);
    await phone.talksTo('00030001');
    // What comes back is one's own tone.
    await hearsExactly(phone.page, [toneOf('1001')]);
    const offered = async () => new Set((await phone.trace()).filter(({ way, ufrag }) => way === 'sent' && ufrag).map(({ ufrag }) => ufrag)).size;
    const before = await offered();

    changeAddress('192.0.2.77');
    await until(async () => await offered() > before, { what: 'an ICE restart in the trace', bound: 60_000 });
    await hearsExactly(phone.page, [toneOf('1001')], { bound: 60_000 });
    await phone.does('hangup');
    await phone.event('Terminated', { by: 'us' });
  });

  test('a machine that was without an address for a while is heard again', async (t) => {
    const phone = await registeredPhone(t, shared);
    await phone.talksTo(OUTSIDE);
    await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
    changeAddress(undefined);
    await phone.event('Warning', { code: 'WARN_MEDIA_LOST', bound: 60_000 });
    changeAddress('192.0.2.78');
    await hearsExactly(phone.page, [toneOf(OUTSIDE)], { bound: 60_000 });
    await phone.event('Warning', { code: 'WARN_MEDIA_LOST', over: true, bound: 60_000 });
  });
});
