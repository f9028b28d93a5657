import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overhear } from '../lib/overhear.mjs';
import { Phone, agentWithPhone, openPhone, phoneOptions, withPhones } from '../lib/phone-agent.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();
const OUTSIDE = '00042130';
const PASSWORD = 'sip-1001';
const WRONG = 'sip-password-Zebra';

/** Everything that the phone tells, or that lies about in its page, as text. */
const toldBy = (phone) => phone.page.evaluate(() => JSON.stringify([
  window.rung, window.heard, window.phone?.trace(0), ...window.phone.calls().map((call) => window.phone.trace(call)), window.phone?.trace(),
  document.documentElement.innerHTML, location.href, sockets.map(({ url }) => url),
  { ...localStorage }, document.cookie, Object.keys(sessionStorage),
]));

function hasNone(text, secrets, place) {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    assert.equal(at, -1, `${secret} is in ${place}: …${text.slice(Math.max(at - 200, 0), at + 50)}…`);
  }
}

test('a phone\'s password is in no console, storage, trace, event or message', async (t) => {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  const overheard = await overhear(profile);
  const phone = await openPhone(t, shared, { profile });
  await phone.start(phoneOptions(shared.sandbox, '1001', { debug: true, logLevel: 3 }));
  await phone.event('Registered');
  await phone.talksTo(OUTSIDE);
  await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
  await phone.does('hold');
  await phone.event('Held', { on: true });
  await phone.does('hangup');
  await phone.event('Terminated');
  const told = [await toldBy(phone)];

  await phone.does('init', phoneOptions(shared.sandbox, '1001', { password: WRONG }));
  await phone.event('RegistrationFailed');
  told.push(await toldBy(phone), JSON.stringify(await phone.throws('call', OUTSIDE)));

  const sent = (await phone.sockets(shared.sandbox)).flatMap((socket) => socket.sent).join('\n');
  // The proofs of the password were in use, and are in no trace either.
  const proofs = [...sent.matchAll(/response="?([0-9a-f]{32,64})/g)].map(([, proof]) => proof);
  assert.ok(proofs.length >= 2, 'a digest was sent');
  const secrets = [PASSWORD, WRONG, ...proofs];
  hasNone(sent, [PASSWORD, WRONG], 'what is sent');
  for (const text of told) hasNone(text, secrets, 'the page');
  hasNone(await phone.page.said(), secrets, 'the console');
  hasNone(overheard.join('\n'), secrets, 'what goes to others');
});

test('an agent\'s phone tells its password no more than the agent\'s SDK does', async (t) => {
  const profile = await newPhoneProfile(t, shared.browsers['1001']);
  const overheard = await overhear(profile);
  const agent = await agentWithPhone(t, shared, { profile });
  await agent.call('setDebug', true);
  await agent.idle();
  await agent.call('call', OUTSIDE);
  await agent.event('Conversation');
  await hearsExactly(agent.page, [toneOf(OUTSIDE)]);
  await agent.call('hangup');
  await agent.event('After');
  await until(async () => (await agent.phone.calls()).length === 0, { what: 'the phone\'s call is over' });

  const record = await agent.call('record');
  hasNone(record, [PASSWORD], 'the record');
  hasNone(await agent.page.said(), [PASSWORD], 'the console');
  hasNone(overheard.join('\n'), [PASSWORD], 'what goes to others');
  const phone = new Phone(agent.page);
  const trace = JSON.stringify([await phone.trace(), await phone.trace(0)]);
  assert.ok(trace.includes('INVITE'), 'there is a trace');
  hasNone(trace, [PASSWORD], 'the trace');
  const kept = await agent.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  hasNone(kept, [PASSWORD], 'a storage');
});
