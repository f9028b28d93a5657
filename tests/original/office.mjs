import { after, before, test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { openOriginal } from '../lib/original.mjs';
import { startSandbox } from '../lib/sandbox.mjs';

/** An outside person. */
export const CUSTOMER = '13800138000';

/** Another, who answers at once. */
export const QUICK = '00020000';

/** A number that nobody answers within a scene. */
export const SLOW = '00020050';

/** What the platform says to a command that does not fit the agent's state. */
export const NOT_NOW = '消息与呼叫状态不兼容';

/**
 * People who work with this version of the original, each in a browser profile of its own, logged in once for all scenes:
 * `agent` and `other` in g-sales, `support` in g-support, and the `supervisor` of both.
 */
const STAFF = { agent: '1001', other: '1002', support: '1006', supervisor: '1000' };

/** Sets up the staff for the scenes of the suite that calls this. */
export function office(version) {
  const used = new Set();
  const people = {};
  const leftOver = [];
  const suite = { after: (end) => leftOver.push(end) };
  const everyone = () => Object.keys(STAFF).map((name) => people[name]);

  before(async () => {
    people.sandbox = await startSandbox();
    people.browser = await launch();
    await Promise.all(Object.entries(STAFF).map(async ([name, number]) => {
      people[name] = await openOriginal(suite, people, { version, number, used });
      await people[name].logIn();
    }));
  });
  after(async () => {
    const ended = await Promise.allSettled(leftOver.reverse().map((end) => end()));
    await people.browser?.close();
    await people.sandbox?.stop();
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });

  return {
    version,
    used,
    people,
    /** A test that finds everyone idle, and after which nobody has heard anything that it did not read. */
    scene: (name, play) => test(name, async (t) => {
      await Promise.all(everyone().map((person) => person.settle()));
      await play({ ...people, t });
      await Promise.all(everyone().map((person) => person.nothingMore()));
    }),
  };
}

/** The customer calls the agent and they talk; returns the call's id. */
export async function talking({ sandbox, agent }) {
  const callId = await sandbox.callIn({ from: CUSTOMER, agent: agent.number });
  await agent.hears('AgentRinging', 'AgentAnswer', ['Conversation', { callType: 'normal', occCallId: callId }]);
  return callId;
}

/** The customer hangs up, and these agents, the last of the call, hear it. */
export async function customerHangsUp({ sandbox }, callId, ...agents) {
  await sandbox.hangUp(callId);
  for (const agent of agents) await agent.hears(['After', { cause: 0, hangupDirection: 1, occCallId: callId }]);
}
