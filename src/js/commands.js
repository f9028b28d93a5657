const text = (value) => (value === undefined || value === null ? undefined : String(value));
const target = (name) => (agent) => [name, { beAgentNumber: text(agent) }];

/** What of a filter goes out, in the page's order: what is there, empty texts and zeros included. */
function filtered(filter) {
  const kept = {};
  for (const [name, value] of Object.entries(filter ?? {})) {
    // eslint-disable-next-line eqeqeq -- as loosely as pages rely on
    if (value || value == 0) kept[name] = value;
  }
  return kept;
}

const consult = (whom, type) => ['consultCall', { consultType: type, consultId: text(whom) }];

/** Each method that is one command: its request and members. `undefined`: nothing is to be sent. */
const COMMANDS = {
  idle: () => ['idle'],
  busy: (type) => ['busy', { busyType: type ? text(type) : undefined }],
  logout: () => ['logout'],
  reconnect: () => ['reconnect'],
  call: (called, calledType = 2, caller, callId, contactId) => ['makeCall', {
    called: text(called)?.replace(/\s/g, ''), calledType, callId: text(callId), contactId: text(contactId), caller: text(caller),
  }],
  hangup: () => ['cancelCall'],
  hold: () => ['hold'],
  unHold: () => ['unHold'],
  mute: () => ['mute'],
  unMute: () => ['unmute'],
  sendDTMF: (key) => (/^[0-9*#]$/.test(key) ? ['sendDTMF', { dtmf: text(key) }] : undefined),
  transferCall: (whom, type = 2, mode = 1) => ['transferCall', { transferType: type, transferId: text(whom), transferMode: mode }],
  transferCancel: () => ['transferCancel'],
  consultCall: consult,
  consult: (whom, type = 1) => consult(whom, type),
  consultCancel: () => ['consultCancel'],
  consultTransfer: () => ['consultTransfer'],
  tripartiteCall: () => ['tripartiteTalk'],
  surveillance: (filter) => ['surveillance', filtered(filter)],
  forceIdle: target('forceIdle'),
  forceBusy: target('forceBusy'),
  forceLogout: target('forceLogout'),
  forceBreak: target('forceBreak'),
  listen: target('listen'),
  whisper: target('whisper'),
  forceInsert: target('forceInsert'),
  intercept: target('intercept'),
  getGroups: () => ['groupInfo'],
  // The platform has no list of its own for these: all groups come, each with its type.
  getAutoGroups: () => ['groupInfo'],
  getIdleAgentByGroupId: (group) => ['idleAgent', { groupId: text(group) }],
  getQueueInfo: () => ['groupQueueNum'],
  defaultCmd: (name) => [text(name)],
  defaultTargetCmd: (name, agent) => target(text(name))(agent),
  send: ({ request, sequence, ...members }) => [request, members],
};

/** Those that have always given the command's number. */
const NUMBERED = /^(busy|logout|surveillance|force|listen|whisper|intercept|get|default|send$)/;
