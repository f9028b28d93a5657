import { test } from 'node:test';
import { agentWithPhone, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();
const CUSTOMER = '13800138000';
const OUTSIDE = '00042130';

/** The names of ICE sessions that the trace tells in one direction. */
const sessions = (trace, way) => [...new Set(trace.filter((entry) => entry.way === way && entry.ufrag).map(({ ufrag }) => ufrag))];

/** The other end's place for sound moves; the phone finds it by an ICE restart, which the trace shows, and the tone is heard again. */
async function findsSoundAgain(phone, number) {
  await hearsExactly(phone.page, [toneOf(number)]);
  const before = await phone.trace();
  await shared.sandbox.fault('move-media');
  await until(async () => {
    const trace = await phone.trace();
    return ['sent', 'received'].every((way) => sessions(trace, way).length > sessions(before, way).length);
  }, { what: 'an ICE restart in the trace', bound: 60_000 });
  await hearsExactly(phone.page, [toneOf(number)]);
}

test('a call that the phone made is heard again after the other end has moved', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.talksTo(OUTSIDE);
  await findsSoundAgain(phone, OUTSIDE);
  await phone.does('hangup');
  await phone.event('Terminated', { by: 'us' });
});

test('an agent\'s call is heard again after the other end has moved', async (t) => {
  const agent = await agentWithPhone(t, shared, { more: { autoAnswer: true } });
  await agent.idle();
  await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await findsSoundAgain(agent.phone, CUSTOMER);
});
