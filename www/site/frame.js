// Runs one example in a page of its own: when the frame goes, so do its session, sockets and timers. What it shows is told to the page round it.

const query = new URLSearchParams(location.search);
const tell = (kind, more) => parent.postMessage({ kind, ...more }, location.origin);

/** A value as a line shows it. */
function text(value) {
  if (value instanceof Error) return value.code ? `${value.code}: ${value.message}` : String(value);
  return typeof value === 'string' || value === undefined ? String(value) : JSON.stringify(value);
}

const show = (...values) => tell('line', { text: values.map(text).join(' ') });

/** Asks the sandbox for something. */
async function ask(path, body) {
  const response = await fetch(`/sandbox/${path}`, body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`/sandbox/${path}: ${response.status} ${answer}`);
  return answer ? JSON.parse(answer) : undefined;
}

const sandbox = {
  call: async (call) => (await ask('calls', call)).callId,
  hangup: (callId) => ask(`calls/${callId}/hangup`, {}),
  keys: (callId, keys) => ask(`calls/${callId}/keys`, { keys }),
  fault: (fault) => ask('faults', fault),
  state: () => ask('state'),
};

const options = {
  url: `${location.origin.replace('http', 'ws')}/ws`,
  host: '/',
  connectAccount: 'guest',
  connectPassword: 'guest',
  subscribePath: '/topic',
  companyShortName: 'demo',
  agentNumber: '1001',
  agentPassword: '123456',
  loginType: 1,
  lang: query.get('lang') ?? 'zh-CN',
};

const happens = (sdk, name) => new Promise((resolve) => sdk.once(name, (...values) => resolve(values)));

async function signedIn(more) {
  const sdk = new window.AgentSdk({ ...options, ...more });
  const failed = happens(sdk, 'Exception').then(([error]) => { throw error; });
  await Promise.race([happens(sdk, 'Login'), failed]);
  // Whatever goes wrong from now on is the example's.
  failed.catch(() => {});
  return sdk;
}

/** A phone of agent 1001's that can be called. */
async function registeredPhone(more) {
  const address = `${location.origin.replace('http', 'ws')}/sip`;
  const account = { domain: 'sandbox.invalid', account: 'w21001', password: 'sip-1001' };
  const phone = new window.SoftPhoneSdk({ url: address, ...account, lang: options.lang, ...more });
  await happens(phone, 'Registered');
  return phone;
}

/** Everything that is in the toolbar, and in a wall of the page's. */
const drawn = (selector) => [...document.querySelectorAll('agent-toolbar, agent-toolbar-wall')]
  .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(selector)]);

/** Waits until `found` gives something. */
async function waited(found, what) {
  for (let tries = 0; tries < 400; tries += 1) {
    const one = found();
    if (one) return one;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`the toolbar has no ${what}`);
}

/** Waits until the toolbar says this, and gives it. */
const seen = (what) => waited(() => drawn(':not(style)').some((one) => [one.ariaLabel, one.placeholder, ...[...one.childNodes]
  .filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data)].some((said) => said?.includes(what))) && what, what);

/** Presses a button of the toolbar, as soon as it can be pressed: one that has just come ignores a press, which would be a slip. */
async function press(name) {
  const button = await waited(() => drawn(`button[data-act="${name}"]:not([aria-disabled="true"])`)
    .findLast((one) => one.checkVisibility()), `button ${name}`);
  await new Promise((resolve) => { setTimeout(resolve, 600); });
  button.click();
}

/** What the reader typed, or this. */
const choice = (usual) => query.get('choice') || usual;

async function run() {
  // What an earlier example left in the browser: routing keys, tokens, what the agent chose.
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage).filter((one) => one.startsWith('agent-toolbar/'))) storage.removeItem(key);
  }
  await ask('reset', {});
  const name = query.get('example');
  if (!/^[\w-]+\/[\w-]+$/.test(name)) throw new Error(`no example ${name}`);
  const { default: example } = await import(`../docs/examples/${name}.js`);
  const toolbar = document.getElementById('toolbar');
  new MutationObserver(() => tell('toolbar')).observe(document.body, { childList: true, subtree: true });
  const { AgentSdk, SoftPhoneSdk } = window;
  await example({ AgentSdk, SoftPhoneSdk, options, show, signedIn, registeredPhone, happens, sandbox, toolbar, choice, press, seen });
}

try {
  if (window.AgentSdk) {
    await run();
    tell('done');
  } else {
    tell('failed', { noPackage: true });
  }
} catch (error) {
  tell('failed', { text: text(error), remedy: error.remedy });
}
