import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { IN_PLACE_OF, controls, requestsOf, shouldOffer, unknown } from '../lib/controls.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { offered } from '../lib/offered.mjs';
import { controlsIn } from '../lib/original-toolbar.mjs';
import { ASKED, CUSTOMER, STATES, TALK, reach } from '../lib/states.mjs';

const shared = withSandbox();

/** All that is wrong stands in the message. */
const none = (wrong) => assert.equal(wrong.join('\n'), '');

const WIDTHS = [1680, 720, 320];

/** Kinds of calls as the platform names them. */
const CALL_TYPES = ['normal', 'consult', 'consulted', 'transfer', 'transferred', 'listen', 'whisper', 'forceInsert', 'intercept'];

/** What the platform says in a call, each with what led to it. */
const IN_CALL = {
  MakeCall: [], AgentOriginate: [], AgentRinging: [], AgentAnswer: [], CalledRinging: [], CalledAnswer: [], Conversation: [],
  Hold: TALK, UnHold: TALK, Mute: TALK, Unmute: TALK, SendDTMF: TALK,
  TransferCall: TALK, TransferCalling: TALK, TransferCancel: TALK, TransferCallFail: TALK,
  ConsultCall: TALK, ConsultCalling: TALK, ConsultCancel: TALK, ConsultCallFail: TALK, TripartiteTalking: ASKED, TripartiteTalkFail: ASKED,
  Listening: [], Whispering: [], ForceInserting: [], Intercept: [], Intercepting: [], InterceptFail: [], After: TALK,
};

const EVERY_CALL = Object.fromEntries(CALL_TYPES.flatMap((callType) => Object.entries(IN_CALL).map(([event, path]) => [
  `${event} of a call of the kind ${callType}`,
  [...path, [event, {
    callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'call-1', callType, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0,
  }]],
])));

/** Agents to whom not the same is open, and what happens to them. */
const AGENTS = {
  'an agent with a desk phone': { happens: { ...EVERY_CALL, ...STATES } },
  'an agent with a phone in the browser': { more: { loginType: 3 }, happens: STATES },
  'a supervisor': { login: { agentType: 1 }, happens: { ...EVERY_CALL, ...STATES } },
  'a supervisor with a phone in the browser': { login: { agentType: 1 }, more: { loginType: 3 }, happens: STATES },
  'an agent who may not call': { login: { agentMakeCall: 0 }, happens: STATES },
};
for (const feature of ['dial', 'hold', 'mute', 'dtmf', 'transfer', 'consult', 'conference', 'supervisor']) {
  AGENTS[`a supervisor without features.${feature}`] = { login: { agentType: 1 }, more: { features: { [feature]: false } }, happens: STATES };
}

for (const [who, { login, more, happens }] of Object.entries(AGENTS)) {
  test(`whatever happens to ${who}, what can be pressed is what is allowed`, async (t) => {
    const office = await logInAtFake(t, shared, { says: { login }, more });
    const wrong = [];
    for (const [what, events] of Object.entries(happens)) {
      const snapshot = await reach(office, events);
      const should = shouldOffer(snapshot);
      for (const width of WIDTHS) {
        const shown = controls(await offered(office.agent, width), snapshot);
        const can = requestsOf(shown);
        const named = `${what}, ${width} px:`;
        if (can.join() !== should.join()) wrong.push(`${named} ${can} can be asked for, and allowed is ${should}`);
        if (unknown(shown).length) wrong.push(`${named} nobody knows ${unknown(shown)}`);
      }
    }
    none(wrong);
  });
}

/** What the original shows and ours does not, at the widths above. */
async function missing(office, events, named) {
  const { agent } = await reach(office, events);
  const [, data] = events.at(-1) ?? [];
  const conference = events.some(([name]) => name === 'TripartiteTalking');
  const found = [];
  for (const width of WIDTHS) {
    const shown = await offered(office.agent, width);
    const can = [...shown.bar, ...shown.more].filter(({ enabled }) => enabled).map(({ act }) => act);
    for (const version of ['1.1.65', '1.2.9']) {
      for (const control of controlsIn(agent.state, data?.callType, { version, supervisor: false, conference })) {
        if (IN_PLACE_OF[control] && !IN_PLACE_OF[control].some((act) => can.includes(act))) {
          found.push(`${named}, ${width} px: ${control} of ${version}`);
        }
      }
    }
  }
  return found;
}

test('no control of the original is missing where it makes sense', async (t) => {
  const office = await logInAtFake(t, shared);
  const found = [];
  for (const [name, events] of Object.entries(STATES)) found.push(...await missing(office, events, name));
  none(found);
});
