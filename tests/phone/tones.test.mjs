import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', '1002', '1000']);

const CUSTOMER = '13800138000';
const OUTSIDE = '00042130';
const [AGENT, OTHER, SUPERVISOR] = ['1001', '1002', '1000'];

/** These agents are ready, and answer whatever rings. */
async function ready(t, ...numbers) {
  const agents = await Promise.all(numbers.map((number) => agentWithPhone(t, shared, { number, more: { autoAnswer: true } })));
  for (const agent of agents) await agent.idle();
  return agents;
}

/** The customer calls the agent and they talk; gives the call's id. */
async function customerTalksTo(agent) {
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: agent.number });
  await agent.event('Conversation');
  return callId;
}

/**
 * Each of these people hears exactly these others, and nobody else is in a call: agents by what their page plays, and
 * everybody by what the sandbox's sound says. `expected` gives by number whom each hears.
 */
async function hearing(agents, expected) {
  const listening = agents.map(({ page, number }) => hearsExactly(page, (expected[number] ?? []).map(toneOf)));
  await Promise.all([...listening, agrees(expected)]);
}

/** What `hears` and `heard` of all parties of all calls come to; both tell the same pairs. */
async function pairs() {
  const parties = (await shared.sandbox.state()).calls.flatMap((call) => call.parties);
  const hears = {};
  for (const { who, hears: mouths } of parties) hears[who] = [...(hears[who] ?? []), ...mouths].sort();
  const heard = parties.flatMap(({ who, heard: ears }) => ears.map((ear) => `${ear} hears ${who}`)).sort();
  return { hears, heard };
}

async function agrees(expected) {
  const wanted = Object.fromEntries(Object.entries(expected).map(([who, whom]) => [who, whom.toSorted()]));
  const heard = Object.entries(expected).flatMap(([ear, mouths]) => mouths.map((mouth) => `${ear} hears ${mouth}`)).sort();
  let now;
  let inRow = 0;
  const isSo = async () => {
    now = await pairs();
    const same = JSON.stringify(sorted(now.hears)) === JSON.stringify(sorted(wanted)) && now.heard.join() === heard.join();
    inRow = same ? inRow + 1 : 0;
    return inRow === 5;
  };
  await until(isSo, { what: 'the sandbox says who hears whom' })
    .catch((error) => assert.deepEqual({ ...now, error: error.message }, { hears: wanted, heard, error: '' }));
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort());

test('in a conversation both hear each other, on hold nobody, muted only the customer is heard', async (t) => {
  const [agent] = await ready(t, AGENT);
  const callId = await customerTalksTo(agent);
  const talk = { [AGENT]: [CUSTOMER], [CUSTOMER]: [AGENT] };
  await hearing([agent], talk);

  await agent.call('hold');
  await agent.event('Hold');
  await hearing([agent], { [AGENT]: [], [CUSTOMER]: [] });
  const { parties } = (await shared.sandbox.state()).calls.find((call) => call.callId === callId);
  assert.equal(parties.find(({ who }) => who === CUSTOMER).onHold, true);
  await agent.call('unHold');
  await agent.event('UnHold');
  await hearing([agent], talk);

  await agent.call('mute');
  await agent.event('Mute');
  await hearing([agent], { [AGENT]: [CUSTOMER], [CUSTOMER]: [] });
  await agent.call('unMute');
  await agent.event('Unmute');
  await hearing([agent], talk);

  // The platform's commands leave the phone alone: it was neither held nor muted by them.
  assert.deepEqual([...await agent.phone.told('Held'), ...await agent.phone.told('Muted')], []);
});

test('a call from agent to agent is heard at both ends', async (t) => {
  const [agent, other] = await ready(t, AGENT, OTHER);
  await agent.call('call', OTHER, 1);
  await Promise.all([agent.event('Conversation'), other.event('Conversation')]);
  await hearing([agent, other], { [AGENT]: [OTHER], [OTHER]: [AGENT] });
});

test('a consultation is between the two agents, and a conference between all three', async (t) => {
  const [agent, other] = await ready(t, AGENT, OTHER);
  await customerTalksTo(agent);
  await agent.call('consultCall', OTHER, 1);
  await agent.event('Conversation', { nth: 2 });
  await other.event('Conversation');
  await hearing([agent, other], { [AGENT]: [OTHER], [OTHER]: [AGENT], [CUSTOMER]: [] });

  await agent.call('tripartiteCall');
  await Promise.all([agent.event('TripartiteTalking'), other.event('TripartiteTalking')]);
  await hearing([agent, other], { [AGENT]: [CUSTOMER, OTHER], [OTHER]: [CUSTOMER, AGENT], [CUSTOMER]: [AGENT, OTHER] });

  await agent.call('hangup');
  await agent.event('After');
  await hearing([agent, other], { [OTHER]: [CUSTOMER], [CUSTOMER]: [OTHER] });
});

test('a consultation with somebody outside ends, and the customer is heard again', async (t) => {
  const [agent] = await ready(t, AGENT);
  await customerTalksTo(agent);
  await agent.call('consultCall', OUTSIDE, 2);
  await agent.event('Conversation', { nth: 2 });
  await hearing([agent], { [AGENT]: [OUTSIDE], [OUTSIDE]: [AGENT], [CUSTOMER]: [] });
  await agent.call('consultCancel');
  await agent.event('ConsultCancel');
  await hearing([agent], { [AGENT]: [CUSTOMER], [CUSTOMER]: [AGENT] });
});

test('who is given a call by a blind transfer talks to the customer', async (t) => {
  const [agent, other] = await ready(t, AGENT, OTHER);
  await customerTalksTo(agent);
  await agent.call('transferCall', OTHER, 1, 0);
  await agent.event('After');
  await other.event('Conversation');
  await hearing([agent, other], { [OTHER]: [CUSTOMER], [CUSTOMER]: [OTHER] });
});

test('while a transfer rings the customer hears nobody, and then who took it', async (t) => {
  const [agent] = await ready(t, AGENT);
  const other = await agentWithPhone(t, shared, { number: OTHER });
  await other.idle();
  await customerTalksTo(agent);
  await agent.call('transferCall', OTHER, 1, 1);
  await agent.event('TransferCalling');
  await other.phone.event('Invite');
  await hearing([agent, other], { [AGENT]: [], [CUSTOMER]: [], [OTHER]: [] });
  await other.phone.does('answer');
  await agent.event('After');
  await other.event('Conversation');
  await hearing([agent, other], { [OTHER]: [CUSTOMER], [CUSTOMER]: [OTHER] });
});

test('who was asked first and then given the call talks to the customer', async (t) => {
  const [agent, other] = await ready(t, AGENT, OTHER);
  await customerTalksTo(agent);
  await agent.call('consultCall', OTHER, 1);
  await agent.event('Conversation', { nth: 2 });
  await other.event('Conversation');
  await hearing([agent, other], { [AGENT]: [OTHER], [OTHER]: [AGENT], [CUSTOMER]: [] });
  await agent.call('consultTransfer');
  await agent.event('After');
  await other.event('Conversation', { nth: 2 });
  await hearing([agent, other], { [OTHER]: [CUSTOMER], [CUSTOMER]: [OTHER] });
});

test('a supervisor listens, whispers, joins, and takes the call', async (t) => {
  const [agent, supervisor] = await ready(t, AGENT, SUPERVISOR);
  await customerTalksTo(agent);
  const both = [agent, supervisor];

  await supervisor.call('listen', AGENT);
  await supervisor.event('Listening');
  await hearing(both, { [AGENT]: [CUSTOMER], [CUSTOMER]: [AGENT], [SUPERVISOR]: [AGENT, CUSTOMER] });

  await supervisor.call('whisper', AGENT);
  await supervisor.event('Whispering');
  await hearing(both, { [AGENT]: [CUSTOMER, SUPERVISOR], [CUSTOMER]: [AGENT], [SUPERVISOR]: [AGENT, CUSTOMER] });

  await supervisor.call('forceInsert', AGENT);
  await supervisor.event('ForceInserting');
  await hearing(both, { [AGENT]: [CUSTOMER, SUPERVISOR], [CUSTOMER]: [AGENT, SUPERVISOR], [SUPERVISOR]: [AGENT, CUSTOMER] });

  await supervisor.call('hangup');
  await supervisor.event('After');
  await hearing(both, { [AGENT]: [CUSTOMER], [CUSTOMER]: [AGENT] });

  await supervisor.idle();
  await supervisor.call('intercept', AGENT);
  await supervisor.event('Intercepting');
  await Promise.all([supervisor.event('Conversation'), agent.event('After')]);
  await hearing(both, { [SUPERVISOR]: [CUSTOMER], [CUSTOMER]: [SUPERVISOR] });
});
