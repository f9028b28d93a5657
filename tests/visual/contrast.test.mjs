import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const css = await readFile(new URL('../../src/toolbar/tokens.css', import.meta.url), 'utf8');

/** The colours that the block after `start` sets. */
function colours(start) {
  const from = css.indexOf(start);
  assert.ok(from >= 0, `tokens.css has a block ${start}`);
  const block = css.slice(from + start.length, css.indexOf('}', from));
  return Object.fromEntries([...block.matchAll(/--at-([\w-]+):\s*#([0-9a-f]{6}|[0-9a-f]{3})\s*;/g)].map(([, name, value]) => [name, value]));
}

const light = colours(':host {');
const THEMES = {
  light,
  dark: { ...light, ...colours(':host([theme="dark"]) {') },
  'dark, by the system': { ...light, ...colours(':host(:not([theme])),:host([theme="auto"]) {') },
  contrast: { ...light, ...colours(':host([theme="contrast"]) {') },
};

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex) {
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

const STATES = ['ready', 'busy', 'call', 'wrap', 'off', 'bad'];
const GROUNDS = ['surface', 'raised', 'hover', 'inset'];

/** Text on its grounds. */
const TEXT = [
  ...['text', 'text-2', 'text-3'].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ['text', 'press'], ['text-2', 'press'], ['text', 'accent-tint'], ['text-3', 'accent-tint'], ['text-3', 'call-tint'],
  ...STATES.flatMap((state) => [
    [`${state}-text`, `${state}-tint`], [`${state}-text`, 'surface'], [`${state}-text`, 'raised'],
    ['text', `${state}-tint`], ['text-2', `${state}-tint`],
  ]),
  ['accent-on', 'accent'], ['accent-on', 'accent-hover'], ['accent-text', 'accent-tint'],
  ...['go', 'stop'].flatMap((fill) => [['on', fill], ['on', `${fill}-hover`]]),
  // A tooltip is written in the colours of the bar, the other way round.
  ['surface', 'text'],
];

/** Glyphs, edges of controls and the ring of the focus on theirs. */
const GLYPHS = [
  ...STATES.flatMap((state) => [`${state}-tint`, 'surface', 'raised', 'hover'].map((ground) => [state, ground])),
  ...STATES.map((state) => ['knock', state]),
  ['line-ctl', 'surface'], ['line-ctl', 'raised'], ['line-ctl', 'inset'],
  ['focus', 'surface'], ['focus', 'raised'], ['focus', 'call-tint'],
  ['go', 'call-tint'], ['stop', 'surface'],
];

for (const [theme, colour] of Object.entries(THEMES)) {
  const tooLow = (pairs, least) => pairs
    .map(([one, ground]) => ({ one, ground, is: ratio(colour[one], colour[ground]) }))
    .filter(({ is }) => is < least).map(({ one, ground, is }) => `${one} on ${ground}: ${is.toFixed(2)}`);

  test(`text can be read in the theme ${theme}`, () => {
    assert.deepEqual(tooLow(TEXT, 4.5), []);
  });

  test(`glyphs, edges and the focus can be seen in the theme ${theme}`, () => {
    assert.deepEqual(tooLow(GLYPHS, 3), []);
  });
}

test('a dark system looks as the theme dark does', () => {
  assert.deepEqual(THEMES['dark, by the system'], THEMES.dark);
});

test('each theme sets every colour of its states', () => {
  const named = (theme) => Object.keys(theme).filter((name) => /^(ready|busy|call|wrap|off|bad)/.test(name)).sort();
  for (const [name, start] of [['dark', ':host([theme="dark"]) {'], ['contrast', ':host([theme="contrast"]) {']]) {
    assert.deepEqual(named(colours(start)), named(light), name);
  }
});
