/** The gallery for a person: every state of the toolbar, at any width, in both languages. */
import { GROUPS, STATES } from './states.js';

const find = (id) => document.getElementById(id);
const form = find('switches');
const { width, px, lang, theme, density } = form.elements;
const still = find('still');

/** What is looked at stands in the address, so that it can be sent to somebody. */
const address = new URL(location.href).searchParams;
lang.value = address.get('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
theme.value = address.get('theme') ?? 'light';
density.value = address.get('density') ?? 'comfortable';

const shown = () => STATES.find(({ id }) => id === location.hash.slice(1)) ?? STATES[0];

function speak() {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
  for (const one of document.querySelectorAll('[data-zh]')) one.textContent = one.dataset[lang.value];
  find('states').replaceChildren(...GROUPS.flatMap((group) => [
    Object.assign(document.createElement('h3'), { textContent: group[lang.value] }),
    ...STATES.filter((state) => state.group === group.id).map((state) => {
      const link = Object.assign(document.createElement('a'), { href: `#${state.id}`, textContent: state[lang.value] });
      if (state === shown()) link.setAttribute('aria-current', 'page');
      return link;
    }),
  ]));
}

function measure() {
  px.value = `${width.value} px`;
  still.style.width = `${Number(width.value) + 2}px`;
}

/** Plays the state anew: what depends on the width, such as what the agent opened, is then as it would have been. */
async function play() {
  const state = shown();
  speak();
  find('title').textContent = state[lang.value];
  const asked = new URLSearchParams({ lang: lang.value, theme: theme.value, density: density.value });
  history.replaceState(null, '', `?${asked}#${state.id}`);
  still.src = `still.html?${asked}&id=${state.id}&width=${width.value}`;
  const about = find('about');
  about.textContent = { zh: '播放中…', en: 'Playing …' }[lang.value];
  await new Promise((then) => { still.onload = then; });
  const wrong = await still.contentWindow.still?.then(() => '', ({ message }) => message);
  about.textContent = wrong || { zh: `录制的会话 ${state.record}，时钟停在这里。`, en: `The recorded session ${state.record}; its clock stands here.` }[lang.value];
}

function choose() {
  width.value = shown().width;
  measure();
  play();
}

width.addEventListener('input', measure);
form.addEventListener('change', play);
addEventListener('hashchange', choose);
choose();
