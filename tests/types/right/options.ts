import AgentSdk, { AgentSdk as Named, AgentSdkError, type AgentSdkOptions, type Credentials, type HistoryStore } from 'agent-toolbar';

const required: AgentSdkOptions = { url: 'wss://example.org/ws', host: '/', connectAccount: 'page', subscribePath: '/topic' };

const store: HistoryStore = {
  load: async () => ({ calls: [], favourites: [{ number: '13800138000', name: '', type: 2 }] }),
  save: (history) => localStorage.setItem('calls', JSON.stringify(history.calls)),
};

const all: AgentSdkOptions = {
  ...required,
  agentNumber: 1001,
  loginType: '3',
  credentials: async (): Promise<Credentials> => ({ agentPassword: await Promise.resolve('secret') }),
  el: document.createElement('agent-toolbar'),
  pingInterval: 10_000,
  agentAutoIdle: 1,
  agentAutoIdleTime: '10',
  lang: 'en-GB',
  theme: 'contrast',
  density: 'compact',
  features: { consult: false, leaveWarning: true },
  texts: { en: { READY: 'Free', 'errors.NOT_ALLOWED.remedy': 'Ask the supervisor.', 'causes.1017': 'Nobody there' } },
  shortcuts: { scope: 'page', keys: { answer: 'Alt+A' } },
  busyLimits: { lunch: 1800 },
  onBeforeDial: (number, { type, source }) => (type === 1 && source === 'toolbar' ? false : number.trim()),
  actions: { hangup: ({ name, snapshot }) => name !== 'hangup' || snapshot?.call?.held !== true },
  describeNumber: async (number) => ({ name: `Customer of ${number}`, tags: ['gold'] }),
  callerIds: ['4001', { number: '4002', name: 'Sales' }],
  figures: () => ({ answeredInTime: '86 %', goal: 80 }),
  wallLimits: { talk: 600 },
  history: store,
};

const sdk = new AgentSdk(all);
const same: Named = sdk;
same.connect({ url: 'wss://example.org/other' });
same.setCallInfo({ recording: 'paused', tags: [], movesOnAt: Date.now() + 20_000 });
same.setCallInfo(null);

/** What is thrown tells what to do. */
export function tell(error: unknown): string {
  if (!(error instanceof AgentSdkError)) throw error;
  const { code, remedy, message } = error;
  return code === 'NOT_ALLOWED' ? remedy : message;
}
