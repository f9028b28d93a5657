import assert from 'node:assert/strict';
import { QUICK, customerHangsUp, talking } from '../office.mjs';

/** Presses a control and reads the event that answers its command. */
async function presses(agent, id, request, ...events) {
  await agent.clicks(id);
  await agent.answering(request);
  await agent.gets(...events);
}

/** Chooses a line of a list by its text, once it is there. */
const chooses = (agent, list, text) => agent.page.locator(`#ccs-sdk-${list} li`, { hasText: text }).click();

/** The toolbar that comes with the original, used as a person does. */
export function toolbar({ version, scene }) {
  scene('the toolbar makes an agent ready and busy', async ({ agent }) => {
    for (const [id, request, event] of [
      ['busy', 'busy', ['Busy', { currentBusyType: '' }]],
      ['会议', 'busy', ['Busy', { currentBusyType: '会议' }]],
      ['idle', 'idle', ['Idle', {}]],
    ]) {
      await agent.clicks('main');
      await presses(agent, id, request, event);
    }
  });

  scene('the toolbar calls, holds, mutes and hangs up', async ({ agent }) => {
    await agent.clicks('call-panel');
    await agent.page.locator('#ccs-sdk-called').fill(QUICK);
    await presses(agent, 'call', 'makeCall',
      'MakeCall', 'AgentOriginate', 'AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation');
    await presses(agent, 'hold', 'hold', 'Hold');
    await presses(agent, 'unHold', 'unHold', 'UnHold');
    await presses(agent, 'mute', 'mute', 'Mute');
    await presses(agent, 'unMute', 'unmute', 'Unmute');
    if (version === '1.2.9') {
      await agent.clicks('dtmf');
      await agent.page.locator('#ccs-sdk-dtmfInput .ccs-sdk-dtmf-button', { hasText: '5' }).click();
      await agent.answering('sendDTMF');
      await agent.gets(['SendDTMF', { dtmf: '5' }]);
    }
    await presses(agent, 'hangup1', 'cancelCall', 'CancelCall');
    await agent.hears('After');
  });

  scene('the toolbar finds an idle agent of a group and gives the call away', async ({ agent, other, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.clicks('transfer');
    await chooses(agent, 'groupList', '销售组');
    await chooses(agent, 'agentList', '陈浩');
    await presses(agent, 'transferCallAgentFast', 'transferCall', 'TransferCall');
    await agent.hears(['After', { cause: 1600 }]);
    await other.hears('AgentRinging', 'AgentAnswer', 'Conversation');
    await customerHangsUp({ sandbox }, callId, other);
  });

  scene('the toolbar asks an outside number and brings three together', async ({ agent, sandbox }) => {
    const callId = await talking({ sandbox, agent });
    await agent.clicks('outline');
    await agent.page.locator('#ccs-sdk-outlineTarget').fill(QUICK);
    await presses(agent, 'outlineConsult', 'consultCall', 'ConsultCall', 'ConsultCalling', 'Conversation');
    await presses(agent, 'tripartiteCall', 'tripartiteTalk', 'TripartiteTalk', 'TripartiteTalking');
    await presses(agent, 'hangup1', 'cancelCall', 'CancelCall');
    await agent.hears('After');
    await sandbox.hangUp(callId);
  });

  scene('a supervisor makes an agent busy from the list, which follows, and listens', async ({ agent, supervisor, sandbox }) => {
    const says = (text) => supervisor.page.locator('#ccs-sdk-agentMonitorList li', { hasText: text }).waitFor();
    await supervisor.clicks('monitor');
    await chooses(supervisor, 'agentMonitorList', '林静 - 空闲');
    await supervisor.clicks('forceBusy');
    await agent.hears('Busy');
    await says('林静 - 忙碌');
    await agent.does('idle');
    await agent.gets('Idle');

    const callId = await talking({ sandbox, agent });
    // Only a list that is opened anew lets a line be chosen with its state.
    await supervisor.clicks('main');
    await supervisor.clicks('monitor');
    await chooses(supervisor, 'agentMonitorList', '林静 - 通话中');
    await presses(supervisor, 'listen', 'listen', 'Listen', 'AgentRinging', 'AgentAnswer', 'Listening');
    assert.equal(await supervisor.label(), '监听中');
    await supervisor.does('hangup');
    await supervisor.gets('CancelCall');
    await supervisor.hears('After');
    await customerHangsUp({ sandbox }, callId, agent);
  });
}
