// The page of start.mjs: begins with a toolbar as the page of a CRM does, and writes down when it can be used.
// A token of the page before would make it another start.
sessionStorage.clear();
localStorage.clear();

const byId = (id) => document.getElementById(id);
const ours = (selector) => [...byId('toolbar').querySelector('agent-toolbar')?.shadowRoot?.querySelectorAll(selector) ?? []];
const isOurs = location.search === '?ours';

// `first`: a button that is there before anybody is signed in. `state`: what a signed-in agent presses to change their state.
const side = isOurs ? {
  first: () => ours('[data-act=more]'),
  state: () => ours('[part~=chip]:not(.static)'),
} : {
  first: () => [byId('ccs-sdk-connect')],
  state: () => [byId('ccs-sdk-idle')],
};

/** Whether a press in the middle of a button meets it. */
function takesPress(button) {
  if (!button) return false;
  const { left, top, width, height } = button.getBoundingClientRect();
  const met = width > 0 && button.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
  return Boolean(met) && button.contains(met);
}

/** How often a press was answered: ours asks the page before it does what was pressed, the original says what it does on the console. */
let answers = 0;
const actions = { more: () => { answers += 1; return false; } };
if (!isOurs) {
  const { warn } = console;
  console.warn = (...given) => {
    answers += 1;
    warn.apply(console, given);
  };
}

/** The first of these buttons that takes a press, as soon as there is one. */
async function pressable(find) {
  for (;;) {
    const button = find().find(takesPress);
    if (button) return button;
    await new Promise((resolve) => { setTimeout(resolve); });
  }
}

/** Begins, and leaves in `times` how long after `began` (ms) each step was done. */
async function start(began) {
  const times = { began };
  const mark = (name) => { times[name] = performance.now() - began; };
  mark('run');
  const sdk = new AgentSdk({
    url: 'ws://localhost/ws', host: '/', connectAccount: 'guest', connectPassword: 'guest', subscribePath: '/topic',
    companyShortName: 'demo', agentNumber: '1001', agentPassword: '123456', loginType: 1, el: '#toolbar', actions,
  });
  const button = side.first().find(takesPress);
  if (!button) throw new Error('no button could be pressed');
  const before = answers;
  button.click();
  if (answers === before) throw new Error('a press was not answered');
  mark('stands');
  await new Promise((resolve) => {
    sdk.on('StateChange', (state) => { if (state === 'Login') resolve(); });
  });
  await pressable(side.state);
  mark('signedIn');
  // What comes later must not fail either.
  setTimeout(() => { window.times = times; }, 100);
}
