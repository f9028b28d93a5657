/** The sessions that are recorded for the gallery, by the names of their records. */

const CUSTOMER = '13800138000';
const OTHER = '15900000231';
/** Of the sandbox: one rings for 90 s, one cannot be reached. */
const SLOW = '00020090';
const BUSY = '00001017';

const MINUTE = 60_000;

/** Another agent, who is ready. */
async function colleague({ open }, agentNumber, more = {}) {
  const agent = await open({ agentNumber, loginType: 1, lang: 'zh', ...more });
  await agent.signIn();
  await agent.calls('idle');
  await agent.heard('Idle');
  return agent;
}

async function ready(agent) {
  await agent.signIn();
  await agent.press('state');
  await agent.press('ready');
  await agent.heard('Idle');
}

/** A morning with two calls, so that there is something to look back at. */
async function morning(agent, { sandbox }) {
  await ready(agent);
  const call = await sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
  await agent.heard('AgentRinging');
  await agent.press('answer');
  await agent.heard('Conversation');
  await agent.wait(MINUTE);
  await sandbox.hangUp(call);
  await agent.heard('After');
  await agent.press('done');
  await agent.heard('Idle', 2);
  await agent.type('[part~=dial-field] input', '057188886210');
  await agent.key('Enter');
  await agent.heard('Conversation', 2);
  await agent.wait(MINUTE / 2);
  await agent.press('hangUp');
  await agent.heard('After', 2);
  await agent.press('done');
  await agent.heard('Idle', 3);
}

/** A customer rings, who came through the voice menu and has waited. */
async function ringing(agent, office) {
  const { sandbox } = office;
  await agent.signIn();
  await agent.press('state');
  await agent.press('busy');
  await agent.heard('Busy');
  const call = await sandbox.callIn({ from: CUSTOMER, ivr: 'ivr-main' });
  await agent.page.waitForTimeout(300);
  await sandbox.pressKeys(call, '1');
  await agent.page.waitForTimeout(300);
  await agent.wait(36_000);
  await agent.press('state');
  await agent.press('ready');
  await agent.heard('AgentRinging');
  return call;
}

async function talking(agent, office) {
  const call = await ringing(agent, office);
  await agent.press('answer');
  await agent.heard('Conversation');
  await agent.calls('setCallInfo', { recording: 'on' });
  await agent.page.waitForTimeout(2500);
  await agent.wait(2 * MINUTE);
  return call;
}

/** Opens the panel of an act and chooses a number outside, or whoever is found first. */
async function chooses(agent, act, number) {
  await agent.press(act);
  if (number) {
    await agent.key('Tab');
    await agent.type(`[data-pop=${act}] [role=combobox]`, number);
  }
  await agent.page.waitForTimeout(600);
  await agent.key('Enter');
}

async function consulting(agent, office) {
  const call = await talking(agent, office);
  await colleague(office, '1002');
  await chooses(agent, 'consult');
  await agent.heard('Conversation', 2);
  await agent.wait(18_000);
  return call;
}

/** A supervisor in the call of agent 1002. */
async function watching(agent, office) {
  const other = await colleague(office, '1002');
  await office.sandbox.callIn({ from: CUSTOMER, agent: '1002' });
  await other.heard('Conversation');
  await ready(agent);
  await agent.calls('listen', '1002');
  await agent.heard('Listening');
  await agent.wait(45_000);
}

/** A call is answered without a microphone. */
async function withoutMicrophone(agent, { sandbox }) {
  await ready(agent);
  await sandbox.callIn({ from: CUSTOMER, group: 'g-sales' });
  await agent.heard('AgentRinging');
  await agent.press('answer');
  await agent.page.waitForFunction(() => notes.some((one) => one.data?.error));
  await agent.page.waitForTimeout(500);
}

/** Whose desk phone answers by itself. */
const SUPERVISOR = { agentNumber: '1000', loginType: 1 };

export const SESSIONS = {
  fresh: { options: { loginType: 1 }, run: (agent) => agent.start() },
  ready: { run: async (agent, office) => {
    await morning(agent, office);
    await agent.wait(2 * MINUTE);
  } },
  queue: { options: SUPERVISOR, run: async (agent, office) => {
    await agent.signIn();
    for (const [from, group, waits] of [[CUSTOMER, 'g-sales', 90_000], [OTHER, 'g-support', 20_000], ['057188886210', 'g-sales', 18_000]]) {
      await office.sandbox.callIn({ from, group });
      await agent.page.waitForTimeout(400);
      await agent.wait(waits);
    }
    await agent.press('state');
    await agent.page.waitForTimeout(300);
    await agent.key('Escape');
    await agent.wait(4000);
  } },
  busy: { run: async (agent, office) => {
    await morning(agent, office);
    await agent.press('state');
    await agent.press('busy:1');
    await agent.heard('Busy');
    await agent.wait(2 * MINUTE);
    await agent.press('state');
    await agent.press('busy');
    await agent.heard('Busy', 2);
    await agent.wait(3 * MINUTE + 10_000);
  } },
  outbound: { run: async (agent) => {
    await ready(agent);
    await agent.type('[part~=dial-field] input', '057188886210');
    await agent.key('Enter');
    await agent.heard('CalledRinging');
  } },
  outboundown: { options: { loginType: 1 }, run: async (agent) => {
    await ready(agent);
    await agent.type('[part~=dial-field] input', '057188886210');
    await agent.key('Enter');
    await agent.heard('AgentOriginate');
  } },
  callfail: { run: async (agent) => {
    await ready(agent);
    await agent.type('[part~=dial-field] input', BUSY);
    await agent.key('Enter');
    await agent.heard('After');
  } },
  // Before the browser may use the microphone, the agent refuses the call of the own phone.
  makefail: {
    before: () => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); },
    run: async (agent) => {
      await ready(agent);
      await agent.type('[part~=dial-field] input', '057188886210');
      await agent.key('Enter');
      await agent.heard('AgentRinging');
      await agent.page.waitForFunction(() => sdk.getSoftPhoneInstance().calls().length);
      await agent.page.evaluate(() => sdk.getSoftPhoneInstance().calls()[0].hangup());
      await agent.heard('MakeCallFail');
    },
  },
  ringing: { run: ringing },
  desk: { options: { loginType: 1 }, run: ringing },
  conversation: { run: talking },
  hold: { run: async (agent, office) => {
    await talking(agent, office);
    await agent.press('hold');
    await agent.heard('Hold');
    await agent.wait(15_000);
  } },
  muted: { run: async (agent, office) => {
    await talking(agent, office);
    await agent.press('mute');
    await agent.heard('Mute');
    await agent.wait(15_000);
  } },
  mutedhold: { run: async (agent, office) => {
    await talking(agent, office);
    await agent.press('mute');
    await agent.heard('Mute');
    await agent.wait(15_000);
    await agent.press('hold');
    await agent.heard('Hold');
    await agent.wait(20_000);
  } },
  // Of three packets one is lost, and the others come late.
  poor: {
    before: () => {
      const { prototype } = RTCPeerConnection;
      const { getStats } = prototype;
      prototype.getStats = async function (...given) {
        const report = new Map(await getStats.apply(this, given));
        for (const [id, one] of report) {
          if (one.type !== 'inbound-rtp') continue;
          report.set(id, { ...one, packetsLost: Math.round(one.packetsReceived / 2), jitter: 0.085, jitterBufferDelay: 0.4 * one.jitterBufferEmittedCount });
        }
        return report;
      };
    },
    run: async (agent, office) => {
      await talking(agent, office);
      await agent.page.waitForFunction(() => notes.some((one) => one.data?.event === 'Warning' && one.data.value.code === 'WARN_MOS'));
      await agent.page.waitForTimeout(500);
    },
  },
  // Colleagues are ready, and whoever is not in a call knows it.
  colleagues: { run: async (agent, office) => {
    await ready(agent);
    for (const number of ['1002', '1003', '1004', '1005']) await colleague(office, number);
    await agent.press('dial:1');
    await agent.press('[data-pop=dial] [role=radio][aria-checked=false]');
    await agent.heard('IdleAgent');
    await agent.key('Escape');
    await agent.wait(3000);
  } },
  microphone: {
    before: () => { window.alsoNoted = ['Level']; },
    run: async (agent) => {
      await ready(agent);
      await agent.press('link');
      await agent.press('tryMicrophone');
      await agent.page.waitForFunction(() => notes.filter((one) => one.data?.event === 'Level').length > 4);
    },
  },
  // The number of the echo cannot be reached.
  testcall: { options: { echoNumber: BUSY }, run: async (agent) => {
    await ready(agent);
    await agent.press('link');
    await agent.press('testCall');
    await agent.page.waitForFunction(() => notes.some((one) => one.in === 'checked'));
    await agent.wait(1000);
  } },
  // Colleagues are ready, and the panels know it.
  targets: { run: async (agent, office) => {
    await talking(agent, office);
    for (const number of ['1002', '1003', '1004', '1005']) await colleague(office, number);
    await agent.press('transfer');
    await agent.heard('IdleAgent');
    await agent.key('Escape');
    await agent.wait(3000);
  } },
  asked: { run: async (agent, office) => {
    await talking(agent, office);
    await chooses(agent, 'consult', SLOW);
    await agent.heard('ConsultCalling');
  } },
  consulting: { run: consulting },
  mutedconsult: { run: async (agent, office) => {
    await consulting(agent, office);
    await agent.press('mute');
    await agent.heard('Mute');
    await agent.wait(6000);
  } },
  consultfail: { run: async (agent, office) => {
    await talking(agent, office);
    await chooses(agent, 'consult', BUSY);
    await agent.heard('ConsultCallFail');
  } },
  consulted: { options: { loginType: 1 }, run: async (agent, office) => {
    const other = await colleague(office, '1002');
    await office.sandbox.callIn({ from: CUSTOMER, agent: '1002' });
    await other.heard('Conversation');
    await ready(agent);
    await other.calls('consultCall', '1001', 1);
    await agent.heard('Conversation');
    await agent.wait(12_000);
  } },
  conference: { run: async (agent, office) => {
    await consulting(agent, office);
    await agent.press('merge');
    await agent.heard('TripartiteTalking');
    await agent.wait(25_000);
  } },
  transferring: { run: async (agent, office) => {
    await talking(agent, office);
    await agent.calls('transferCall', SLOW);
    await agent.heard('TransferCalling');
    await agent.wait(4_000);
  } },
  transferfail: { run: async (agent, office) => {
    await talking(agent, office);
    await agent.calls('transferCall', '7777', 1, 0);
    await agent.heard('TransferCallFail');
  } },
  second: { run: async (agent, office) => {
    await talking(agent, office);
    const other = await office.open({ loginType: 3 });
    await other.page.evaluate((options) => {
      window.phone = new SoftPhoneSdk(options);
      phone.on('Registered', () => phone.call('w21001'));
    }, { url: office.sandbox.sip, domain: 'sandbox.invalid', account: 'w21002', password: 'sip-1002', lang: 'en' });
    await agent.page.waitForFunction(() => sdk.getSoftPhoneInstance().calls().length > 1);
    await agent.page.waitForTimeout(500);
    await agent.wait(6000);
  } },
  wrapup: { run: async (agent, office) => {
    const call = await talking(agent, office);
    await office.sandbox.hangUp(call);
    await agent.heard('After');
    await agent.wait(2000);
  } },
  // Of a group that wraps up as long as it likes.
  after: { options: { agentNumber: '1006', loginType: 1 }, run: async (agent, office) => {
    await ready(agent);
    const call = await office.sandbox.callIn({ from: CUSTOMER, agent: '1006' });
    await agent.heard('Conversation');
    await agent.wait(MINUTE);
    await office.sandbox.hangUp(call);
    await agent.heard('After');
    await agent.wait(20_000);
  } },
  listen: { options: SUPERVISOR, run: watching },
  whisper: { options: SUPERVISOR, run: async (agent, office) => {
    await watching(agent, office);
    await agent.press('whisper');
    await agent.heard('Whispering');
    await agent.wait(5000);
  } },
  insert: { options: SUPERVISOR, run: async (agent, office) => {
    await watching(agent, office);
    await agent.press('bargeIn');
    await agent.heard('ForceInserting');
    await agent.wait(5000);
  } },
  joined: { run: async (agent, office) => {
    await talking(agent, office);
    const boss = await colleague(office, '1000');
    await boss.calls('forceInsert', '1001');
    await agent.heard('ForceInserting');
    await agent.wait(5000);
  } },
  wall: { options: SUPERVISOR, run: async (agent, office) => {
    const all = [];
    for (const number of ['1001', '1002', '1003', '1004', '1006']) all.push(await colleague(office, number));
    for (const [from, to] of [[CUSTOMER, '1002'], [OTHER, '1003']]) await office.sandbox.callIn({ from, agent: to });
    await all[3].calls('busy', '培训');
    await all[2].heard('Conversation');
    await ready(agent);
    await agent.press('wall');
    await agent.heard('Surveillance', 2);
  } },
  kicked: { run: async (agent, { sandbox }) => {
    await ready(agent);
    await sandbox.fault('kick', { agent: '1001' });
    await agent.heard('Kick');
  } },
  locked: { run: async (agent, { sandbox }) => {
    await ready(agent);
    await sandbox.fault('lock', { agent: '1001' });
    await agent.heard('Lock');
  } },
  signedout: { run: async (agent) => {
    await ready(agent);
    await agent.calls('logout');
    await agent.heard('Logout');
  } },
  refused: { options: { loginType: 1, agentPassword: '0' }, run: async (agent) => {
    await agent.start();
    await agent.page.waitForFunction(() => sdk.record().includes('\\"response\\":\\"login\\"'));
  } },
  reconnecting: { run: async (agent, { sandbox }) => {
    await talking(agent, { sandbox });
    await agent.note('refuses');
    await sandbox.fault('refuse-connections', { ms: MINUTE, path: '/ws' });
    await sandbox.fault('drop-sockets', { path: '/ws' });
    await agent.page.waitForFunction(() => sdk.snapshot().link.state !== 'up');
  } },
  offline: { run: async (agent, { sandbox }) => {
    await ready(agent);
    await agent.note('refuses');
    await sandbox.fault('refuse-connections', { ms: MINUTE });
    await agent.note('network', false);
    await agent.page.context().setOffline(true);
    await sandbox.fault('drop-sockets', { path: '/ws' });
    await agent.page.waitForFunction(() => sdk.snapshot().link.state !== 'up');
  } },
  phonefault: { run: async (agent, { sandbox }) => {
    await ready(agent);
    await sandbox.fault('refuse-connections', { ms: MINUTE, path: '/sip' });
    await sandbox.fault('drop-sockets', { path: '/sip' });
    await agent.page.waitForFunction(() => !sdk.isRegistered());
    await agent.page.waitForTimeout(500);
  } },
  phonelost: { run: async (agent, office) => {
    await talking(agent, office);
    await office.sandbox.fault('refuse-connections', { ms: MINUTE, path: '/sip' });
    await office.sandbox.fault('drop-sockets', { path: '/sip' });
    await agent.page.waitForFunction(() => !sdk.isRegistered());
    await agent.page.waitForTimeout(500);
  } },
  nomic: {
    before: () => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Requested device not found', 'NotFoundError'); };
    },
    run: withoutMicrophone,
  },
  micfault: {
    before: () => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Permission denied', 'NotAllowedError'); };
    },
    run: withoutMicrophone,
  },
};
