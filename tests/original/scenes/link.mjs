import assert from 'node:assert/strict';
import { openOriginal } from '../../lib/original.mjs';
import { until } from '../../lib/until.mjs';
import { CUSTOMER, customerHangsUp, talking } from '../office.mjs';

const EXPIRED = 'token已失效';

const credentials = (agentNumber) => ({ agentNumber, agentPassword: '123456', companyShortName: 'demo', loginType: 1 });

/** Waits for an Exception with exactly this text. */
const excepted = (one, text) => until(
  async () => (await one.values('Exception')).some(({ message }) => message === text),
  { what: `${one.number} hears ${text}` },
);

/** Links that are lost, ended and opened again, and what becomes of the session. */
export function link({ version, used, scene }) {
  scene('a lost link is taken up again, in the same state and the same call', async ({ agent, other, support, supervisor, sandbox }) => {
    await other.does('busy', '会议');
    await other.gets('Busy');
    const callId = await talking({ sandbox, agent });
    await sandbox.fault('drop-sockets', { path: '/ws' });

    const call = { callType: 'normal', callDirection: 1, caller: CUSTOMER, called: agent.number, occCallId: callId };
    const { data } = await agent.comesBack('Reconnect', 'reconnect', 'Conversation', { ...call, agentType: 0, loginType: 1 });
    assert.equal(typeof data.token, 'string');
    await agent.hears(['Conversation', call]);
    await other.comesBack('Reconnect', 'reconnect', 'Busy', { currentBusyType: '会议' });
    await support.comesBack('Reconnect', 'reconnect', 'Idle', { groupIdList: ['g-support'] });
    await supervisor.comesBack('Reconnect', 'reconnect', 'Idle', { agentType: 1 });
    for (const one of [agent, other, support, supervisor]) {
      assert.deepEqual(await one.controlsWhen('closed'), ['connect']);
      assert.equal((await one.values('Close')).length, 1);
    }
    await customerHangsUp({ sandbox }, callId, agent);
  });

  scene('an agent asks to be taken for the one who was there before', async ({ agent }) => {
    await agent.does('reconnect');
    await agent.gets(['Reconnect', { agentType: 0 }, 'Idle']);
  });

  scene('a login elsewhere ends the session here', async ({ other, sandbox, browser, t }) => {
    const elsewhere = await openOriginal(t, { sandbox, browser }, { version, number: other.number, used });
    await elsewhere.logIn();
    await other.hears(['Kick', {}]);
    assert.equal(await other.call('isLogin'), false);
    assert.deepEqual(await other.controls(), ['login']);

    await other.does('login');
    await other.gets('Login');
    await elsewhere.hears(['Kick', {}]);
  });

  scene('the link is ended, which logs the agent out, and opened again', async ({ agent }) => {
    await agent.does('break');
    await agent.event('Disconnect');
    assert.deepEqual(await agent.controlsWhen('disconnect'), ['connect']);
    await until(async () => (await agent.inSandbox()).nowState === 'Logout', { what: 'the agent is logged out' });
    assert.deepEqual([await agent.call('isConnected'), await agent.call('isLogin')], [false, false]);

    await agent.does('connect');
    await agent.comesBack('Login', 'login');
  });

  scene('a new link is opened in place of the one that is there', async ({ agent }) => {
    await agent.call('connect');
    await agent.comesBack('Login', 'login');
    assert.equal((await agent.values('Disconnect')).length, 1);
  });

  scene('another agent logs in on the same page', async ({ agent }) => {
    await agent.call('login', credentials('1003'));
    await until(async () => (await agent.inSandbox()).nowState === 'Logout', { what: '1001 is logged out' });
    agent.number = '1003';
    try {
      await agent.comesBack('Login', 'login', 'Login', { sipId: '21003', loginType: 1 });
    } finally {
      await agent.call('login', credentials('1001'));
      agent.number = '1001';
    }
    await agent.event('Login', { nth: 2 });
    await agent.answering('login');
    await agent.gets(['Login', { sipId: '21001' }]);
  });

  scene('the SDK is set up anew, without its listeners', async ({ agent }) => {
    agent.used.add('init');
    await agent.page.evaluate(() => {
      sdk.on('Login', () => { window.stillHeard = true; });
      sdk.init();
      hear();
    });
    await agent.comesBack('Login', 'login');
    assert.equal(await agent.page.evaluate(() => window.stillHeard), undefined);
    assert.equal(await agent.page.locator('.ccs-sdk-container').count(), 1);
  });

  scene('a wrong password is refused in words, and the link stays', async ({ sandbox, browser, t }) => {
    const wrong = await openOriginal(t, { sandbox, browser }, { version, number: '1003', used });
    await wrong.start({ agentPassword: 'wrong' });
    await wrong.refuses('工号或密码错误');
    assert.deepEqual(await wrong.controls(), ['login']);
    assert.deepEqual([await wrong.call('isConnected'), await wrong.call('isLogin')], [true, false]);
  });

  scene('an expired token is told to a command, and at the next link everyone logs in', async ({ agent, other, support, supervisor, sandbox }) => {
    const everyone = [agent, other, support, supervisor];
    // A reconnect that nobody answers is waited for as long as any command.
    const wait = (ms) => Promise.all(everyone.map((one) => one.page.evaluate((given) => { sdk.store.sdkOption.timeout = given; }, ms)));
    await sandbox.fault('expire-tokens');
    await agent.call('idle');
    await excepted(agent, EXPIRED);
    await wait(1000);
    await sandbox.fault('drop-sockets', { path: '/ws' });
    for (const one of everyone) await one.event('Login');
    await wait(5000);
    // Heart-beats of the old session may have been refused as well.
    for (const one of everyone) await one.forget();
  });

  scene('a refused reconnect leaves the agent to log in by hand', async ({ agent, other, support, supervisor, sandbox }) => {
    const everyone = [agent, other, support, supervisor];
    await sandbox.fault('expire-tokens', { answer: 'negative' });
    await sandbox.fault('drop-sockets', { path: '/ws' });
    for (const one of everyone) {
      await until(async () => (await one.sent()).findLast((frame) => /"request":"(?!heartbeat)/.test(frame)).includes('"reconnect"'),
        { what: `${one.number} reconnects` });
      await excepted(one, EXPIRED);
      await one.does('login');
      await one.event('Login');
      await one.forget();
    }
  });
}
