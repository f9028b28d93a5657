import assert from 'node:assert/strict';
import { until } from '../../lib/until.mjs';

const GROUPS = [{ id: 'g-sales', name: '销售组', type: 0 }, { id: 'g-support', name: '客服组', type: 0 }];

/** What an agent can ask. */
export function asking({ scene }) {
  scene('an agent asks for the groups', async ({ agent }) => {
    await agent.does('getGroups');
    await agent.gets(['GroupInfo', { groupList: GROUPS }]);
  });

  scene('an agent asks who else is idle in a group', async ({ agent, other, support, supervisor }) => {
    await supervisor.does('busy');
    await supervisor.gets('Busy');
    await agent.does('getIdleAgentByGroupId', 'g-sales');
    await agent.gets(['IdleAgent', { agentList: [{ agentId: 'id-1002', agentNumber: '1002', agentName: '陈浩' }] }]);
    await agent.does('getIdleAgentByGroupId', 'g-support');
    await agent.gets(['IdleAgent', { agentList: [{ agentId: 'id-1006', agentNumber: '1006', agentName: '刘洋' }] }]);
    for (const one of [other, support]) {
      await one.does('busy');
      await one.gets('Busy');
    }
    for (const group of ['g-sales', 'g-support']) {
      await agent.does('getIdleAgentByGroupId', group);
      await agent.gets(['IdleAgent', { agentList: [] }]);
    }
  });

  scene('an agent asks how many wait', async ({ agent }) => {
    await agent.does('getQueueInfo');
    await agent.gets(['GroupQueueNum', { groupQueueNum: 0 }]);
  });

  scene('a request by its name alone is sent as it is', async ({ agent }) => {
    await agent.does('defaultCmd', 'groupInfo');
    await agent.gets(['GroupInfo', { groupList: GROUPS }]);
    await agent.does('defaultCmd', 'anything');
    await agent.refuses('无法识别的消息类型');
  });

  scene('an answer goes to who has asked, and to listeners only where that is wished', async ({ agent }) => {
    agent.used.add('onPrivateEventCallback');
    const ask = (isPublic) => agent.page.evaluate((wished) => {
      window.answer = undefined;
      sdk.onPrivateEventCallback(sdk.getGroups(), (event) => { window.answer = event.data; }, wished);
    }, isPublic);
    const answer = () => until(() => agent.page.evaluate(() => window.answer), { what: 'the groups come' });

    await ask(undefined);
    assert.deepEqual(await answer(), { groupList: GROUPS });
    await agent.nothingMore();
    await ask(true);
    assert.deepEqual(await answer(), { groupList: GROUPS });
    await agent.answering('groupInfo');
    await agent.gets('GroupInfo');
  });

  scene('a listener that was taken off hears nothing, one for one time hears once', async ({ agent }) => {
    for (const method of ['on', 'once', 'off']) agent.used.add(method);
    const removed = await agent.page.evaluate(() => {
      window.told = [];
      const kept = () => told.push('kept');
      const id = sdk.on('Busy', () => told.push('removed'));
      sdk.on('Busy', kept);
      sdk.once('Busy', () => told.push('once'));
      return [sdk.off('Busy', id), sdk.off('Busy', id), sdk.off('NoSuchEvent', id)];
    });
    assert.deepEqual(removed, [true, false, false]);
    for (const reason of ['小休', '会议']) {
      await agent.does('busy', reason);
      await agent.gets('Busy');
    }
    assert.deepEqual(await agent.page.evaluate(() => told), ['kept', 'once', 'kept']);
  });
}
