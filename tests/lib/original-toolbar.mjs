/** The controls of the original's toolbar that come and go with the agent's state, from left to right. */
export const CONTROLS = [
  'main-bubble', 'login', 'connect',
  'call-panel', 'autoAnswer', 'monitor', 'queue-info', 'group-info',
  'caller-info', 'answer', 'consultCancel', 'transferCancel', 'hangup',
  'dtmf', 'transfer', 'consult', 'outline', 'consultCancel1', 'consultTransfer', 'tripartiteCall',
  'hold', 'unHold', 'mute', 'unMute', 'hangup1',
];

const FREE = ['call-panel', 'group-info'];
const RINGING = ['caller-info', 'hangup'];
const TALKING = ['transfer', 'consult', 'outline', 'hold', 'mute', 'hangup1'];
const CONSULTING = ['consultCancel1', 'consultTransfer', 'tripartiteCall', 'mute', 'hangup1'];
const CONSULTED = ['mute', 'hangup1'];

const TALK = { consult: CONSULTING, consulted: CONSULTED };
const ring = (callType) => [
  ...RINGING,
  ...(callType === 'consult' ? ['consultCancel'] : []),
  ...(callType === 'transfer' ? ['transferCancel'] : []),
];
const talk = (callType) => TALK[callType] ?? TALKING;

/** What each state shows, given the kind of the call; states that are not here show nothing. */
const STATES = {
  closed: () => ['connect'],
  connecting: () => ['connect'],
  disconnect: () => ['connect'],
  connected: () => ['login'],
  Logout: () => ['login'],
  Kick: () => ['login'],
  Login: () => ['main-bubble'],
  Idle: () => FREE,
  Busy: () => FREE,
  MakeCall: ring,
  AgentOriginate: ring,
  AgentRinging: ring,
  AgentAnswer: ring,
  CalledRinging: ring,
  CalledAnswer: ring,
  Intercept: ring,
  Intercepting: ring,
  TransferCall: ring,
  TransferCalling: () => ring('transfer'),
  ConsultCall: ring,
  ConsultCalling: () => ring('consult'),
  Conversation: talk,
  InterceptFail: talk,
  TransferCallFail: talk,
  TransferCancel: talk,
  ConsultCallFail: talk,
  ConsultCancel: talk,
  Unmute: talk,
  UnHold: () => TALKING,
  TripartiteTalking: () => CONSULTED,
  Hold: () => ['unHold', 'hangup1'],
  Mute: () => ['unMute', 'hangup1'],
};

// Once three have talked these stay away until the call has ended.
const NOT_AFTER_CONFERENCE = ['transfer', 'consult', 'outline', 'hold'];

/**
 * The controls that the original of this version shows to an agent with a phone that is no browser's.
 * `conference` says that three have talked in the present call.
 */
export function controlsIn(state, callType, { version, supervisor, conference }) {
  const shown = new Set(STATES[state]?.(callType));
  if (supervisor && shown.has('call-panel')) shown.add('monitor');
  if (version === '1.2.9' && shown.has('hangup1')) shown.add('dtmf');
  if (conference) for (const one of NOT_AFTER_CONFERENCE) shown.delete(one);
  return CONTROLS.filter((one) => shown.has(one));
}
