/** What each control asks the platform for; one that is pressed asks for the second. Controls that are not here ask for nothing. */
const REQUESTS = {
  signIn: ['login'],
  ready: ['idle'],
  done: ['idle'],
  busy: ['busy'],
  signOut: ['logout'],
  dial: ['makeCall'],
  reject: ['cancelCall'],
  hangUp: ['cancelCall'],
  hold: ['hold', 'unHold'],
  mute: ['mute', 'unmute'],
  keypad: ['sendDTMF'],
  transfer: ['transferCall'],
  consult: ['consultCall'],
  conference: ['consultCall'],
  cancelTransfer: ['transferCancel'],
  cancelConsult: ['consultCancel'],
  complete: ['consultTransfer'],
  merge: ['tripartiteTalk'],
  listen: ['listen'],
  whisper: ['whisper'],
  bargeIn: ['forceInsert'],
};

/** Controls that ask for nothing of the platform: they show, open, or are about the page alone. */
export const WITHOUT_REQUEST = [
  'state', 'more', 'link', 'queue', 'wall', 'settings', 'quality', 'details', 'note', 'extend', 'connect', 'tryNow', 'answer', 'register',
  'cancelConnect', 'chooseDevice', 'close', 'toast', 'closeToast', 'pickElse', 'backToCall', 'takeOver', 'holdAndAnswer', 'rejectSecond', 'retry', 'autoAnswer',
];

/** Requests that no control of the bar stands for: the session makes them, or an agent is chosen for them first. */
const WITHOUT_CONTROL = [
  'reconnect', 'heartbeat', 'groupInfo', 'idleAgent', 'groupQueueNum',
  'surveillance', 'forceIdle', 'forceBusy', 'forceLogout', 'forceBreak', 'intercept',
];

/** Where the platform would allow more than the bar offers, and why. */
const NOT_OFFERED = {
  // Whoever is signed in has no use for it.
  login: ({ situation }) => situation !== 'signedOut',
  // After a call one is ready first; and the platform says itself who may not call.
  makeCall: ({ situation, mayCall }) => situation === 'wrapUp' || !mayCall,
  // Nobody hears a key before there is a talk, and a supervisor's would be heard in another's.
  sendDTMF: ({ situation }) => ['settingUp', 'transferring', 'watching'].includes(situation),
  // Whose call it is to be has to be chosen first, which is done on the wall.
  listen: ({ situation }) => situation !== 'watching',
  whisper: ({ situation }) => situation !== 'watching',
  forceInsert: ({ situation }) => situation !== 'watching',
};

/** The requests that the toolbar should offer an agent of this snapshot, in order. */
export const shouldOffer = ({ agent, allowed }) => allowed
  .filter((request) => !WITHOUT_CONTROL.includes(request) && !NOT_OFFERED[request]?.(agent)).sort();

/** All controls of what `offered` gives; the chip's menu is about what comes after the call while there is one. */
export const controls = ({ bar, more, states }, { allowed }) => [...bar, ...more, ...(allowed.includes('idle') ? states : [])];

/** The requests that can be made with these controls, in order. */
export function requestsOf(shown) {
  const can = shown.filter(({ enabled }) => enabled);
  const requests = can.map(({ act, pressed }) => REQUESTS[act]?.[pressed ? 1 : 0]).filter(Boolean);
  return [...new Set(requests)].sort();
}

/** Names of controls of which nobody here has said what they do. */
export const unknown = (shown) => shown.map(({ act }) => act).filter((act) => !REQUESTS[act] && !WITHOUT_REQUEST.includes(act));

/**
 * What stands for each control of the original's toolbar, by the controls' names in `original-toolbar.mjs`: any of these,
 * enabled. Who calls is written in the bar, the groups are found by `transfer`, and a number outside is typed there.
 */
export const IN_PLACE_OF = {
  'main-bubble': ['state'],
  login: ['signIn'],
  connect: ['connect', 'tryNow'],
  'call-panel': ['dial'],
  'group-info': ['state'],
  hangup: ['reject', 'hangUp'],
  hangup1: ['hangUp'],
  consultCancel: ['cancelConsult'],
  consultCancel1: ['cancelConsult'],
  transferCancel: ['cancelTransfer'],
  dtmf: ['keypad'],
  transfer: ['transfer'],
  consult: ['consult'],
  outline: ['transfer'],
  consultTransfer: ['complete'],
  tripartiteCall: ['merge'],
  hold: ['hold'],
  unHold: ['hold'],
  mute: ['mute'],
  unMute: ['mute'],
};
