import assert from 'node:assert/strict';
import { openOriginal } from '../../lib/original.mjs';

/** What the original throws of its own is no Error. */
const own = (message) => ({ isError: false, message });

const TARGET = '操作目标不能为空';
const NOT_CONNECTED = '请先建立链接';
const NOT_LOGGED_IN = '请先进行登录';

/** What methods throw, word for word. */
export function throwing({ version, used, scene }) {
  scene('a missing or wrong argument is named', async ({ agent }) => {
    for (const [message, method, ...args] of [
      ['被叫不能为空', 'call'],
      ['转接目标不能为空', 'transferCall'],
      ['咨询目标不能为空', 'consultCall'],
      [TARGET, 'forceIdle'], [TARGET, 'forceBusy'], [TARGET, 'forceLogout'], [TARGET, 'listen'],
      [TARGET, 'intercept'], [TARGET, 'forceBreak'], [TARGET, 'forceInsert'],
      ['技能组id不能为空', 'getIdleAgentByGroupId'],
      ['userdata转化 JSON 出错, 出错数据: null', 'setUserdata', null],
      ['userdata转化 JSON 出错, 出错数据: undefined', 'setUserdata'],
    ]) {
      assert.deepEqual(await agent.throws(method, ...args), own(message), method);
    }
    await agent.nothingMore();

    for (const [message, ...args] of [['指令不能为空'], ['无效的指令类型', {}]]) {
      assert.deepEqual(await agent.throws('send', ...args), own(message));
      await agent.refuses(message);
    }
    const { isError, message } = await agent.throws('call', 1002);
    assert.ok(isError);
    assert.match(message, /replace is not a function$/);
  });

  scene('a list cannot be narrowed by an agent without a group', async ({ agent }) => {
    const thrownThen = await agent.page.evaluate(() => {
      const groups = sdk.store.groupIdList;
      sdk.store.groupIdList = [];
      const found = thrown(() => sdk.surveillance({ agentName: 'x' }));
      sdk.store.groupIdList = groups;
      return found;
    });
    assert.deepEqual(thrownThen, own('指定筛选项时, 必须同时指定技能组ID(groupId)'));
  });

  scene('an agent who is not logged in is told so', async ({ agent }) => {
    await agent.does('logout');
    await agent.gets('Logout');
    for (const command of [['idle'], ['call', '13800138000'], ['getGroups']]) {
      assert.deepEqual(await agent.throws(...command), own(NOT_LOGGED_IN));
      await agent.refuses(NOT_LOGGED_IN);
    }
    // Nothing to log out of.
    await agent.call('logout');
  });

  scene('without a link and without options it is said what is missing', async ({ sandbox, browser, t }) => {
    const one = await openOriginal(t, { sandbox, browser }, { version, number: '1003', used });
    await one.page.evaluate(() => { window.sdk = new AgentSdk(); });
    assert.equal(await one.call('isConnected'), false);
    assert.deepEqual(await one.throws('init'), own('需要传入必要配置项目'));
    for (const method of ['busy', 'mute', 'getGroups']) assert.deepEqual(await one.throws(method), own(NOT_CONNECTED), method);
    // These look into the options that are not there.
    for (const method of ['isLogin', 'getLoginType']) assert.equal((await one.throws(method)).isError, true, method);
  });

  if (version === '1.2.9') {
    scene('an agent with another phone than the browser\'s cannot answer here', async ({ agent }) => {
      assert.deepEqual(await agent.throws('answer'), own('当前登录模式不支持应答'));
      await agent.refuses('当前登录模式不支持应答');
    });
  }
}
