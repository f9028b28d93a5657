/**
 * One state of the toolbar: plays the record of a session in the package as it is built, and stops the clock there. What the
 * address asks for: `id`, `lang`, `theme`, `density`, `width`.
 */
import { frames, settle, really, takeClock } from './clock.js';
import { HAND, focused } from './hand.js';
import { PlayedPhone, phoneChecked, phoneHappens } from './phone.js';
import { OPTIONS, STATES } from './states.js';
import { takeWire } from './wire.js';

/** When each session began. */
const BEGAN = { wall: Date.UTC(2026, 2, 2, 2, 30), mono: 1000 };

const asked = Object.fromEntries(new URLSearchParams(location.search));
const state = STATES.find(({ id }) => id === asked.id);
if (!state) throw new Error(`there is no state ${asked.id}`);

const toolbar = () => document.querySelector('agent-toolbar');

/** What agents of this browser have chosen and called is not this one's, and theirs is left alone. */
function ownStorage() {
  for (const name of ['localStorage', 'sessionStorage']) {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => { kept.set(key, String(text)); }, removeItem: (key) => { kept.delete(key); },
    };
    Object.defineProperty(window, name, { value });
  }
}

/** Numbers that are drawn by chance are always the same. */
function noChance() {
  crypto.getRandomValues = (array) => array.fill(0x5a);
  crypto.randomUUID = () => '5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a';
  Math.random = () => 0.5;
}

function script(src) {
  return new Promise((then, fail) => {
    const one = Object.assign(document.createElement('script'), { src, onload: then, onerror: () => fail(new Error(`${src} is not there`)) });
    document.head.append(one);
  });
}

let hasPart = false;
document.addEventListener('load', ({ target }) => { hasPart ||= /panels/.test(target.src ?? ''); }, true);

/** Waits for what is loaded, and until everything that was opened stands in its place. */
async function drawn() {
  for (let tries = 0; tries < 1000; tries += 1) {
    await settle();
    const waits = document.querySelector('script[src*=panels]') && !hasPart;
    const { shadowRoot } = toolbar() ?? {};
    const opening = [...shadowRoot?.querySelectorAll('button[aria-haspopup][aria-expanded=true][data-act]') ?? []]
      .filter((one) => one.getClientRects().length)
      .some(({ dataset: { act } }) => !shadowRoot.querySelector(`[data-pop=${act}]:popover-open`));
    if (!waits && !opening) return settle();
    await really(10);
  }
  throw new Error(`something of ${state.id} was opened and is not there`);
}

/** Waits until what the agent is about to touch is there. */
async function there(what, name) {
  for (let tries = 0; tries < 3000 && HAND.lacks(what, name); tries += 1) await really(10);
}

/** Does what a line of a record says. */
function happens(wire, { in: what, data }) {
  if (what === 'phone') return phoneHappens(data);
  if (what === 'checked') return phoneChecked(data);
  if (what === 'network') {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => data });
    return window.dispatchEvent(new Event(data ? 'online' : 'offline'));
  }
  return wire[what]?.(data) ?? HAND[what]?.(...[data].flat());
}

async function play() {
  const response = await fetch(`records/${state.record}.jsonl`);
  const [head, ...lines] = (await response.text()).trim().split('\n').map((line) => JSON.parse(line));
  const clock = takeClock(BEGAN);
  const wire = takeWire(clock);
  await script('/pkg/agent-toolbar.js');
  window.sdk = new AgentSdk({
    ...OPTIONS, ...head.options, ...state.options, el: '#toolbar', lang: asked.lang ?? 'zh', theme: asked.theme ?? 'light',
    density: asked.density ?? 'comfortable', softPhoneFactory: PlayedPhone,
  });
  await drawn();
  const { to: end, told } = state;
  for (const line of lines) {
    if (line.in === end) break;
    await clock.to(line.m);
    await there(line.in, line.data?.[0]);
    happens(wire, line);
    await drawn();
    if (told && line.in === 'received' && line.data.includes(`"event":"${told}"`)) break;
  }
  // Sessions are recorded at full width; and whoever only looks at the toolbar has the focus elsewhere.
  focused()?.blur();
  document.getElementById('toolbar').style.width = asked.width ? `${asked.width}px` : '';
  // What is open keeps its place otherwise.
  dispatchEvent(new Event('resize'));
  await frames();
  await drawn();
  for (const [what, ...given] of state.then ?? []) {
    await there(what, given[0]);
    if (what === 'wait') await clock.to(clock.now() + given[0]);
    else happens(wire, { in: what, data: given });
    await drawn();
  }
  // The list of a wall is a worker's, which no clock of ours moves.
  if (toolbar().shadowRoot.querySelector('[data-pop=wall]')) await there('focus', '.scroller [role=row]');
  return clock;
}

document.documentElement.dataset.theme = asked.theme ?? 'light';
document.documentElement.lang = asked.lang === 'en' ? 'en' : 'zh-CN';
document.getElementById('toolbar').style.width = '1680px';
ownStorage();
noChance();
window.still = play();
