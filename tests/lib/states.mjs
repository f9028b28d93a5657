/** The customer of all calls here. */
export const CUSTOMER = '13800138000';

const call = (more = {}) => ({ callDirection: 1, caller: CUSTOMER, called: '1001', occCallId: 'call-1', callType: 'normal', ...more });
const CALL = call();
const OUT = call({ callDirection: 2, caller: '1001', called: CUSTOMER });
const CONSULT = call({ callType: 'consult' });
const END = { ...CALL, cause: 0, hangupDirection: 1, agentAutoIdle: 0, agentAutoIdleTime: 0 };
/** A conversation that the customer began. */
export const TALK = [['AgentRinging', CALL], ['Conversation', CALL]];
/** The customer waits while a consultation is set up. */
export const ASKED = [...TALK, ['ConsultCall', CALL], ['ConsultCalling', CALL]];

/**
 * Every state that a platform's events lead to, with those events; the last one is the agent's state then. Each can be reached
 * from each before it, because `Idle` comes first.
 */
export const STATES = {
  ready: [],
  'not ready': [['Busy', { currentBusyType: '小休' }]],
  'not ready without a reason': [['Busy', { currentBusyType: '' }]],
  locked: [['Lock', null]],
  'a call comes in': [['AgentRinging', CALL]],
  'the own phone rings': [['MakeCall', null], ['AgentOriginate', OUT]],
  'the other side rings': [['MakeCall', null], ['CalledRinging', OUT]],
  'the call failed': [['MakeCallFail', null]],
  'in conversation': TALK,
  'in conversation that the agent began': [['MakeCall', null], ['AgentOriginate', OUT], ['Conversation', OUT]],
  'on hold': [...TALK, ['Hold', CALL]],
  muted: [...TALK, ['Mute', CALL]],
  'muted and on hold': [...TALK, ['Mute', CALL], ['Hold', CALL]],
  'resumed, unmuted': [...TALK, ['Hold', CALL], ['UnHold', CALL], ['Mute', CALL], ['Unmute', CALL]],
  transferring: [...TALK, ['TransferCall', CALL], ['TransferCalling', CALL]],
  'the transfer failed': [...TALK, ['TransferCalling', CALL], ['TransferCallFail', CALL]],
  'the consulted side rings': ASKED,
  consulting: [...ASKED, ['Conversation', CONSULT]],
  'muted while consulting': [...ASKED, ['Conversation', CONSULT], ['Mute', CONSULT]],
  'the consultation failed': [...ASKED, ['ConsultCallFail', CALL]],
  'being consulted': [['AgentRinging', call({ callType: 'consulted' })], ['Conversation', call({ callType: 'consulted' })]],
  'in a conference': [...ASKED, ['Conversation', CONSULT], ['TripartiteTalking', CONSULT]],
  listening: [['Listening', call({ callType: 'listen' })]],
  whispering: [['Whispering', call({ callType: 'whisper' })]],
  'barged in': [['ForceInserting', call({ callType: 'forceInsert' })]],
  'after the call': [...TALK, ['After', END]],
  'after the call, for a time': [...TALK, ['After', { ...END, agentAutoIdle: 1, agentAutoIdleTime: 600 }]],
  // Nothing leads out of these but signing in.
  'signed out': [['Logout', {}]],
  'signed in elsewhere': [['Kick', null]],
};

let reached = 0;

/** Has the platform lead the agent into a state, by its name above or by the events; gives the snapshot of it. */
export async function reach({ agent, broker }, events) {
  // An event of no meaning comes last: when that is heard, everything is.
  reached += 1;
  const mark = `Reached${reached}`;
  await agent.page.evaluate((name) => { window.reached = new Promise((then) => { sdk.on(name, then); }); }, mark);
  for (const [name, data] of [['Idle', { loginType: '1' }], ...(STATES[events] ?? events)]) broker.tell(name, data);
  broker.tell(mark, null, null);
  return agent.page.evaluate(() => window.reached.then(() => sdk.snapshot()));
}
