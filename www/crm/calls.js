// The present call, and what is kept of each. `snapshot` says all of it, also after a reload in the middle of a call.

import { isExtension } from './numbers.js';
import { agent, sdk } from './session.js';
import { customerOf, keepCall, callOf } from './store.js';
import { say, word } from './words.js';

/** Calls of others that a supervisor is in. */
const WATCHED = ['listen', 'whisper', 'forceInsert'];

const listeners = [];
let present = null;
let tell = () => {};

/** `{ id, number, inbound, talking, group }`, or null. */
export const presentCall = () => present;

/** Told whenever it changes; what was before is given beside it. */
export const onCall = (listener) => listeners.push(listener);

/** Follows the calls of the session; `told` shows a sentence to the agent. */
export function followCalls(told) {
  tell = told;
  sdk.on('snapshot', ({ call }, changed) => changed.includes('call') && follow(call));
  sdk.on('After', ({ data }) => data && end(data));
}

function follow(call) {
  const watched = call && (call.watch || WATCHED.includes(call.callType));
  const next = !call || watched || !call.party ? null : {
    id: call.id,
    number: call.party,
    inbound: call.direction === 'inbound',
    talking: call.since !== null,
    group: call.group?.name ?? '',
  };
  if (JSON.stringify(next) === JSON.stringify(present)) return;
  const before = present;
  present = next;
  if (next?.id && !isExtension(next.number)) {
    const { number, inbound, group } = next;
    if (!callOf(next.id, agent())) keepCall(next.id, agent(), { number, inbound, group });
  }
  listeners.forEach((listener) => listener(present, before));
}

/** How it ended. Calls with colleagues, and calls of others, are nobody's activity. */
function end({ occCallId, callDirection, caller, called, callType, cause, data, hangupDirection, beginTime, answerTime, endTime }) {
  const number = String((callDirection === 1 ? caller : called) ?? '');
  const known = callOf(occCallId, agent());
  if (WATCHED.includes(callType) || (!known && (number === '' || isExtension(number)))) return;
  const ended = endTime || Date.now();
  keepCall(occCallId, agent(), {
    ...(!known && { number, inbound: callDirection === 1 }),
    ...(beginTime && { at: beginTime }),
    ended,
    talked: answerTime ? Math.max(0, ended - answerTime) : null,
    cause: Number(cause) || 0,
    causeText: typeof data === 'string' ? data : '',
    byOther: hangupDirection === 1,
  });
}

/** Asked before any call, of this page's links as of the toolbar's field: who does not want to be called is not. */
export function beforeDial(number) {
  const customer = customerOf(number);
  if (!customer?.tags.includes('doNotCall')) return undefined;
  tell(word('doNotCall', say(customer.name)));
  return false;
}

/** Calls a number. How the call goes is shown by the toolbar, so only what kept it from being made is told here. */
export async function dial(number) {
  tell('');
  if (beforeDial(number) === false) return;
  try {
    await sdk.request.call(number);
  } catch (error) {
    if (error.code !== 'CALL_ENDED') tell(`${error.message} ${error.remedy ?? ''}`);
  }
}

/** Whether a call can be placed now. */
export const mayDial = () => sdk?.snapshot()?.allowed.includes('makeCall') === true;
