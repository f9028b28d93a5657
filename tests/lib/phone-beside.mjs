import { after, before } from 'node:test';
import { openPhone } from './phone-agent.mjs';
import { openJsSip } from './phone-jssip.mjs';
import { launchWithTone } from './phone-tones.mjs';
import { PKG } from './paths.mjs';
import { serve } from './static.mjs';

/** The tone in Hz of each person who registers at a server that is not ours: our phone, and two made of JsSIP. */
export const TONE_OF = { ours: 590, peer: 440, third: 1100 };

/** A SIP server that `start` starts, and a browser for each person, for the tests of one file. */
export function withServer(start) {
  const shared = { browsers: {} };
  before(async () => {
    shared.site = await serve({ '/pkg/': PKG });
    shared.server = await start();
    await Promise.all(Object.entries(TONE_OF).map(async ([name, hz]) => { shared.browsers[name] = await launchWithTone(hz); }));
  });
  after(async () => {
    await Promise.all(Object.values(shared.browsers).map((one) => one.close()));
    await shared.server?.stop();
    await shared.site?.stop();
  });
  return shared;
}

/** Our phone, registered. */
export async function ourPhone(t, { site, browsers, server }, more = {}) {
  const phone = await openPhone(t, { sandbox: site, browsers }, { number: 'ours' });
  await phone.start({ lang: 'en', ...server.account('ours'), ...more });
  await phone.event('Registered');
  return phone;
}

/** A phone made of JsSIP, registered: `peer` or `third`. */
export const theirPhone = (t, { browsers, server }, name) => openJsSip(t, browsers[name], server.account(name));
