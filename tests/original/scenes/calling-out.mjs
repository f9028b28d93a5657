import assert from 'node:assert/strict';
import { CUSTOMER, NOT_NOW, QUICK, SLOW } from '../office.mjs';

/** Reads the events of a call from the agent up to the ringing of the called side. */
const rings = (agent) => agent.gets('MakeCall', 'AgentOriginate', 'AgentRinging', 'AgentAnswer', 'CalledRinging');

/** Reads the events of a call from the agent up to the talk; returns the last. */
const talks = async (agent, data) => {
  await rings(agent);
  return agent.gets('CalledAnswer', ['Conversation', data]);
};

/** Calls that an agent makes. */
export function callingOut({ version, scene }) {
  scene('an agent calls out, holds, mutes and hangs up', async ({ agent }) => {
    await agent.does('call', '138 0013 8000');
    const untyped = {
      callDirection: 2, caller: '1001', called: CUSTOMER, callType: undefined,
      inQueueTime: 0, userData: '', isPredictive: 0, inputParam: '', outputParam: '', ivrKeyRecord: [],
    };
    const typed = { ...untyped, callType: 'normal' };
    const { data } = await agent.gets(
      ['MakeCall', null],
      ['AgentOriginate', untyped], ['AgentRinging', untyped], ['AgentAnswer', untyped],
      ['CalledRinging', typed], ['CalledAnswer', typed], ['Conversation', typed],
    );
    assert.equal((await agent.inSandbox()).callId, data.occCallId);
    assert.equal(await agent.label(), '通话中');
    assert.equal(await agent.call('isConversation'), true);

    await agent.does('hold');
    await agent.gets(['Hold', null]);
    await agent.does('unHold');
    await agent.gets(['UnHold', { callType: 'normal' }]);
    await agent.does('mute');
    await agent.gets(['Mute', { callType: 'normal' }]);
    await agent.does('unMute');
    await agent.gets(['Unmute', { callType: 'normal' }]);

    await agent.does('hangup');
    await agent.gets(['CancelCall', null]);
    const after = await agent.hears(['After', {
      callDirection: 2, caller: '1001', called: CUSTOMER, callType: 'normal', occCallId: data.occCallId, inQueueTime: 0,
      recordPath: '', cause: 0, data: '正常结束', hangupDirection: 0, agentAutoIdle: 1, agentAutoIdleTime: 10,
    }]);
    const { beginTime, ringTime, answerTime, endTime } = after.data;
    const times = [beginTime, ringTime, answerTime, endTime];
    assert.ok(beginTime > 0 && times.every((time, place) => place === 0 || times[place - 1] <= time), times.join());
    assert.equal(await agent.call('isConversation'), false);
  });

  scene('a call may show another number and carry the id that the page has chosen, and be hung up while held', async ({ agent }) => {
    const callId = `page-${version}`;
    await agent.does('call', QUICK, 2, '02100', callId, 'contact-1');
    await talks(agent, { caller: '02100', called: QUICK, occCallId: callId });
    await agent.does('hold');
    await agent.gets('Hold');
    await agent.does('hangup');
    await agent.gets('CancelCall');
    await agent.hears(['After', { cause: 0, hangupDirection: 0, caller: '02100', occCallId: callId }]);

    // From the wrap-up at once the next.
    await agent.does('call', SLOW);
    await rings(agent);
    await agent.does('hangup');
    await agent.gets('CancelCall');
    await agent.hears(['After', { cause: 1487, data: '呼叫取消', hangupDirection: 0, answerTime: 0 }]);
  });

  scene('calls that do not get through end with their cause', async ({ agent, other, support, supervisor }) => {
    const calls = [
      [agent, ['00002114', 2], 2114, '空号'],
      // Is in a call.
      [support, [agent.number, 1], 1017, '用户忙'],
      // Is not logged in.
      [other, ['1003', 1], 1066, '话机未注册'],
      [supervisor, ['7777', 1], 1003, '找不到被叫'],
    ];
    for (const [one, called] of calls) await one.does('call', ...called);
    for (const [one, , cause, text] of calls) {
      await one.gets('MakeCall', 'AgentOriginate', 'AgentRinging', 'AgentAnswer');
      await one.hears(['After', { cause, data: text, hangupDirection: 1, answerTime: 0 }]);
    }
  });

  scene('an agent calls another, who hangs up', async ({ agent, other }) => {
    await agent.does('call', other.number, 1);
    const { data } = await talks(agent, { called: other.number, callType: 'normal' });
    const call = { callDirection: 1, caller: agent.number, occCallId: data.occCallId };
    await other.hears(['AgentRinging', call], ['AgentAnswer', call], ['Conversation', { ...call, callType: 'normal' }]);

    await other.does('hangup');
    await other.gets('CancelCall');
    await other.hears(['After', { cause: 0, hangupDirection: 0 }]);
    await agent.hears(['After', { cause: 0, hangupDirection: 1 }]);
  });

  scene('what needs a call is refused without one', async ({ agent }) => {
    for (const command of [
      ['hold'], ['unHold'], ['mute'], ['unMute'], ['hangup'], ['transferCall', '1002', 1], ['transferCancel'],
      ['consultCall', '1002', 1], ['consultCancel'], ['consultTransfer'], ['tripartiteCall'],
      ...(version === '1.2.9' ? [['sendDTMF', '5']] : []),
    ]) {
      await agent.does(...command);
      await agent.refuses(NOT_NOW);
    }
  });

  if (version === '1.2.9') {
    scene('keys are sent in a call and dialled without one', async ({ agent }) => {
      await agent.does('dial', 7);
      await agent.does('dial', '8');
      await agent.does('dial', -1);
      assert.equal(await agent.page.locator('#ccs-sdk-called').inputValue(), '7');

      await agent.does('call', QUICK);
      await talks(agent);
      await agent.does('sendDTMF', '5');
      await agent.gets(['SendDTMF', { dtmf: '5' }]);
      await agent.does('dial', 7);
      await agent.gets(['SendDTMF', { dtmf: '7' }]);
      // No single key: nothing is sent, and nothing said.
      await agent.does('sendDTMF', '55');
      assert.equal(agent.sequence, undefined);
      await agent.does('hangup');
      await agent.gets('CancelCall');
      await agent.hears('After');
    });
  }
}
