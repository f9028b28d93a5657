import { CUSTOMER, NOT_NOW, QUICK, SLOW, customerHangsUp, talking } from '../office.mjs';

/** The agent asks somebody, while the customer waits, and they talk. */
async function consults(agent, target, targetType, called = target) {
  await agent.does('consultCall', target, targetType);
  await agent.gets(
    ['ConsultCall', null],
    ['ConsultCalling', { callType: 'consult' }],
    ['Conversation', { callType: 'consult', caller: agent.number, called }],
  );
}

/** The one who is asked hears of it; nothing of what the asking one can do. */
const isConsulted = (target, agent) => target.hears(
  ['AgentRinging', { callDirection: 1, caller: agent.number, origCaller: CUSTOMER, callType: undefined }],
  ['AgentAnswer', { callType: undefined }],
  ['Conversation', { callDirection: 1, caller: agent.number, callType: 'consulted' }],
);

/** The agent asks the other agent. */
async function asks(agent, other) {
  await consults(agent, other.number, 1);
  await isConsulted(other, agent);
}

/** All three talk. */
async function confer(agent, other) {
  await asks(agent, other);
  await agent.does('tripartiteCall');
  await agent.gets(['TripartiteTalk', null], ['TripartiteTalking', null]);
  await other.hears(['TripartiteTalking', null]);
}

/** The agent hangs up what it is in. */
async function hangsUp(agent) {
  await agent.does('hangup');
  await agent.gets(['CancelCall', null]);
  await agent.hears(['After', { cause: 0, hangupDirection: 0 }]);
}

/** The agent is ready for the next. */
async function isReady(agent) {
  await agent.does('idle');
  await agent.gets('Idle');
}

/** Consultations, what they can turn into, and conferences. */
export function consulting({ scene }) {
  scene('a consultation is muted by either side and ended by either', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await asks(agent, other);
    for (const [one, callType] of [[agent, 'consult'], [other, 'consulted']]) {
      await one.does('mute');
      await one.gets(['Mute', { callType }]);
      await one.does('unMute');
      await one.gets(['Unmute', { callType }]);
    }
    await agent.does('hold');
    await agent.refuses(NOT_NOW);
    await agent.does('consultCancel');
    await agent.gets(['ConsultCancel', { callType: 'normal' }]);
    await other.hears(['ConsultedCancel', null], ['After', { cause: 0, hangupDirection: 1, callType: 'consult' }]);

    await isReady(other);
    await asks(agent, other);
    await hangsUp(other);
    await agent.hears('ConsultCancel');
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('the customer hangs up during a consultation', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await asks(agent, other);
    await customerHangsUp({ sandbox }, callId, agent);
    await other.hears(['ConsultedCancel', null], ['After', { cause: 0, hangupDirection: 1 }]);
  });

  scene('without a type an agent is asked, and gets the call', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await consults(agent, other.number);
    await isConsulted(other, agent);
    await agent.does('consultTransfer');
    await agent.gets(['ConsultTransfer', null]);
    await agent.hears(['After', { cause: 1601, hangupDirection: 0, callType: 'consult', occCallId: callId }]);
    await other.hears(['Conversation', { callType: 'transfer', caller: CUSTOMER, occCallId: callId }]);
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('three talk, and the one who was asked leaves, or the agent', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await confer(agent, other);
    await hangsUp(other);
    await agent.hears(['Conversation', { callType: 'normal' }]);

    await isReady(other);
    await confer(agent, other);
    await hangsUp(agent);
    await other.hears(['Conversation', { callType: 'transfer', caller: CUSTOMER }]);
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('three talk, and the customer leaves', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await confer(agent, other);
    await sandbox.hangUp(callId);
    for (const one of [agent, other]) await one.hears(['After', { cause: 0, hangupDirection: 1 }]);
  });

  scene('the voice menu, a group and a number can be asked as well, and the number comes into a conference', async ({ agent, support, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await consults(agent, 'ivr-main', 4);
    await agent.does('consultCancel');
    await agent.gets(['ConsultCancel', { callType: 'normal' }]);

    await agent.does('consultCall', 'g-support', 3);
    await agent.gets('ConsultCall', ['ConsultCalling', { callType: 'consult' }], ['Conversation', { callType: 'consult' }]);
    await isConsulted(support, agent);
    await agent.does('consultCancel');
    await agent.gets(['ConsultCancel', { callType: 'normal' }]);
    await support.hears('ConsultedCancel', 'After');

    await consults(agent, QUICK, 2);
    await agent.does('tripartiteCall');
    await agent.gets(['TripartiteTalk', null], ['TripartiteTalking', null]);
    await hangsUp(agent);
    await sandbox.hangUp(callId);
  });

  scene('who cannot be had is not asked, and while it rings a consultation can turn into nothing', async ({ agent, other, support, sandbox }) => {
    for (const one of [other, support]) {
      await one.does('busy');
      await one.gets('Busy');
    }
    const callId = await talking({ sandbox, agent });
    for (const target of [[other.number, 1], ['g-support', 3]]) {
      await agent.does('consultCall', ...target);
      await agent.gets(['ConsultCall', null], ['ConsultCallFail', null]);
    }

    await agent.does('consultCall', SLOW, 2);
    await agent.gets('ConsultCall', 'ConsultCalling');
    for (const method of ['consultTransfer', 'tripartiteCall']) {
      await agent.does(method);
      await agent.refuses(NOT_NOW);
    }
    await agent.does('consultCancel');
    await agent.gets(['ConsultCancel', { callType: 'normal' }]);
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('a consultation is called off while an agent rings', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.once('ConsultCalling', 'consultCancel');
    await agent.does('consultCall', other.number, 1);
    await agent.gets('ConsultCall', 'ConsultCalling');
    await agent.answering('consultCancel');
    await agent.gets(['ConsultCancel', { callType: 'normal' }]);
    await other.hears('AgentRinging', ['After', { cause: 1487, hangupDirection: 1, answerTime: 0 }]);
    await customerHangsUp({ sandbox }, callId, agent);
  });
}
