// Light or dark, and which language: chosen at the top of the page, followed by the toolbar.

import { $ } from './dom.js';
import { recall, remember } from './memory.js';
import { drawWords, language, onLanguage, setLanguage, word } from './words.js';

const NAME = 'theme';
const THEMES = ['auto', 'light', 'dark'];

/** Wires both choices, and draws the page's words. */
export function drawLooks() {
  $('theme').addEventListener('change', ({ target }) => {
    remember(NAME, target.value);
    wear(target.value);
  });
  for (const choice of document.querySelectorAll('[data-lang]')) choice.addEventListener('change', () => setLanguage(choice.value));
  const kept = recall(NAME);
  $('theme').value = THEMES.includes(kept) ? kept : 'auto';
  wear($('theme').value);
  onLanguage(draw);
  draw();
}

/** The page by its own attribute, the toolbar by that of its element. */
function wear(theme) {
  document.documentElement.dataset.theme = theme;
  $('toolbar').setAttribute('theme', theme);
}

function draw() {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  document.title = `${word('brand')} · ${word('demo')}`;
  for (const choice of document.querySelectorAll('[data-lang]')) choice.value = language();
  drawWords();
}
