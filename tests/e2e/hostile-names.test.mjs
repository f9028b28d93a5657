// Whatever stands where a name or a number should: it is text, it runs nothing, and the session goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, optionsFor, withSandbox } from '../lib/agent.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

// Each element that markup would make is looked for by its name; each script would set `ran`.
const NAMES = {
  markup: '<img src=x onerror="window.ran=1"><x-hostile>',
  script: '</span></div></style></script><script>window.ran=1</script><x-hostile onclick="window.ran=1">',
  svg: '<svg onload="window.ran=1"><x-hostile/></svg>',
  attribute: '" onmouseover="window.ran=1" autofocus onfocus="window.ran=1" x="',
  quotes: '\'"`\\"\\\' &lt;b&gt; &#60;x-hostile&#62;',
  template: '${window.ran=1}{{window.ran=1}}<%= 1 %>',
  address: 'javascript:window.ran=1//',
  replacement: '$& $1 $` $\' %s %o %n',
  rightToLeft: '\u202e\u2066gnp.exe\u200f \u05d0\u05d1\u202c',
  nul: 'before\u0000after',
  control: 'a\u0001\u0007\u001b[31m\u007f\u0085\u2028\u2029\ufeffb',
  lines: 'first\r\nsecond\ttab\n\nMESSAGE\n\nthird',
  emoji: '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301\u0301\u0301',
  prototype: '__proto__',
  constructor: 'constructor',
  method: 'toString',
  blank: ' \u3000\u00a0 ',
  long: '名'.repeat(5000) + 'x'.repeat(5000),
  longNumber: '1380013'.repeat(1500),
};
const LANGS = ['zh', 'en'];

/** What must hold at any moment: nothing ran, nothing was made of a text, and the toolbar stands where it stood. */
async function unharmed(agent, about) {
  const { size, ...found } = await agent.page.evaluate(() => {
    const hosts = [...document.querySelectorAll('agent-toolbar')];
    const inside = hosts.flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('*')]);
    const { height } = hosts[0].shadowRoot.querySelector('[part~=bar]').getBoundingClientRect();
    return {
      ran: window.ran,
      polluted: {}.polluted,
      outside: [...document.querySelectorAll('head > *, body > *')].map(({ localName }) => localName).join(' '),
      foreign: inside.filter((one) => /^(x-|img|script|style|iframe|a$)/.test(one.localName)).length,
      handlers: inside.flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^autofocus$/.test(name)),
      size: height,
    };
  });
  const expected = { ran: undefined, polluted: undefined, outside: 'meta title div script script', foreign: 0, handlers: [] };
  assert.deepEqual(found, expected, about);
  assert.ok(size > 20 && size < 100, `${about}: the bar is ${size} px high`);
}

/** Waits until the part that draws in full has come, and its script is out of the page again. */
async function whole(agent) {
  await agent.inFull();
  await until(() => agent.page.evaluate(() => !document.querySelector('head > script[src*=panels]')), { what: 'the script of the part is gone' });
}

/** Waits until the toolbar shows this text. NUL is no character that a page can show. */
async function shows(agent, text, about) {
  const visible = (shown) => shown.replaceAll('\0', '');
  const shown = () => agent.page.evaluate(() => document.querySelector('agent-toolbar').shadowRoot.textContent);
  await until(async () => visible(await shown()).includes(visible(text)), { what: `the toolbar shows ${about}` });
}

for (const lang of LANGS) {
  test(`what the platform tells is text, whatever it is called (${lang})`, async (t) => {
    const { agent, broker } = await logInAtFake(t, shared, { more: { lang, phoneEncryption: false } });
    await whole(agent);
    const choices = agent.toolbar.getByRole('menuitemradio');
    for (const [kind, name] of Object.entries(NAMES)) {
      const items = [{ id: name, name, type: name, isMaster: name }];
      const agents = [{ agentId: name, agentNumber: name, agentName: name, nowState: name, groupList: items }];
      const call = {
        callDirection: 1, caller: name, called: name, occCallId: `id ${name}`, callType: name, userData: name, origCaller: name, origCalled: name,
        inputParam: name, outputParam: name, ivrKeyRecord: [name],
      };
      await agent.page.evaluate((event) => {
        window.unknown = 0;
        sdk.once(event, () => { unknown += 1; });
      }, name);

      broker.tell('Login', {
        token: 'tok123', agentType: name, groupIdList: [name], groupInfoList: items, ivrList: items, busyType: name, currentBusyType: name,
        loginType: 1, domain: name, registerSipIp: name,
      });
      broker.tell('Idle', { loginType: name });
      broker.tell('Busy', { currentBusyType: name });
      await shows(agent, name, `the busy type ${kind}`);
      await agent.press(agent.chip, async () => await choices.count() > 0);
      await unharmed(agent, `the menu with ${kind}`);
      await agent.page.keyboard.press('Escape');

      broker.tell(name, { [name]: name }, 'Idle');
      await until(() => agent.page.evaluate(() => unknown === 1), { what: `the unknown event ${kind} is told` });
      broker.tell('Idle', null, name);
      await shows(agent, name, `the unknown state ${kind}`);
      await unharmed(agent, `the state ${kind}`);

      broker.tell('AgentRinging', call);
      await shows(agent, name, `the caller ${kind}`);
      await unharmed(agent, `the caller ${kind}`);
      broker.tell('ConsultCalling', { ...call, callType: 'consult' });
      broker.tell('Conversation', { ...call, callDirection: 2 });
      await shows(agent, name, `the called ${kind}`);
      broker.tell('After', { ...call, cause: name, data: name, recordPath: name, hangupDirection: name, agentAutoIdle: name, agentAutoIdleTime: name });
      broker.tell('MakeCallFail', { cause: name, causeCode: name });
      broker.tell('SipError', { code: name }, null);
      broker.tell('Surveillance', { agentList: agents }, null);
      broker.tell('IdleAgent', { agentList: agents }, null);
      broker.tell('GroupInfo', { groupList: items }, null);
      broker.push(
        { type: 'event', event: 'QueueInfo', groupID: name, groupWaitNumber: 3, handleAgentID: name, data: [{ caller: name, groupID: name }] },
        { type: name, event: name, [name]: name },
        { type: 'event', event: 'Idle', nowState: 'Idle', userdata: name, ivrParam: name, agentNumber: name, companyId: name, sequence: name, data: name },
        JSON.parse('{"type":"event","event":"Idle","nowState":"Idle","__proto__":{"polluted":1},"data":{"__proto__":{"polluted":1}}}'),
        { type: 'response', response: name, sequence: 1, status: 7, msg: name },
      );
      const { agent: own } = await until(async () => {
        const snapshot = await agent.call('snapshot');
        return snapshot.queue.groups.some(({ groupId, waiting }) => groupId === name && waiting === 3) && snapshot;
      }, { what: `the queue of ${kind}` });
      assert.equal(own.groups[0].name, name, kind);
      await shows(agent, name, `the refusal ${kind}`);
      await unharmed(agent, `the refusal ${kind}`);
    }
    await agent.idle();
    assert.equal(await agent.call('isLogin'), true);
    assert.equal((await agent.sockets()).length, 1, 'one link for all of it');
    await agent.dial('13800138000');
    await agent.event('CalledAnswer');
  });

  test(`who calls may call himself anything (${lang})`, async (t) => {
    const agent = await logIn(t, shared, { more: { lang, phoneEncryption: false } });
    await whole(agent);
    let calls = 0;
    for (const [kind, name] of Object.entries(NAMES)) {
      // As much as the sandbox takes for a number.
      const from = Buffer.from(name).subarray(0, 240).toString().replaceAll('\ufffd', '');
      await agent.idle();
      calls += 1;
      const callId = await shared.sandbox.callIn({ from, agent: '1001' });
      const { data } = await agent.event('AgentRinging', { nth: calls });
      assert.equal(data.caller, from, kind);
      await shows(agent, from, `the caller ${kind}`);
      await unharmed(agent, `the caller ${kind}`);
      await agent.event('Conversation', { nth: calls });
      await shared.sandbox.hangUp(callId);
      await agent.event('After', { nth: calls });
    }
    assert.deepEqual(await agent.values('Exception'), []);
  });

  test(`who logs in may be called anything (${lang})`, async (t) => {
    const { agent, broker } = await logInAtFake(t, shared, { more: { lang } });
    await whole(agent);
    let logins = 1;
    for (const [kind, name] of Object.entries(NAMES)) {
      await agent.page.evaluate((given) => sdk.init(given),
        { ...optionsFor(broker), lang, agentNumber: name, companyShortName: name, agentPassword: name });
      logins += 1;
      await agent.event('Login', { nth: logins });
      const { agentNumber, password, companyShortName } = JSON.parse(broker.frames.findLast(({ body }) => body.includes('"request":"login"')).body);
      assert.deepEqual([agentNumber, password, companyShortName], [name, name, name], kind);
      await agent.call('busy', name);
      await agent.event('Busy', { nth: logins - 1 });
      await agent.call('setUserdata', name);
      await agent.call('idle');
      await agent.event('Idle', { nth: logins - 1 });
      broker.tell('Kick', {});
      await agent.event('Kick', { nth: logins - 1 });
      await shows(agent, name, `the agent ${kind}`);
      await unharmed(agent, `the agent ${kind}`);
    }
  });
}
