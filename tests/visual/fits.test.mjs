import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT_ANY_WIDTH, eachOpened, eachState, resize, withGallery } from '../lib/gallery.mjs';

const shared = withGallery();

const WIDTHS = [
  320, 340, 360, 390, 419, 420, 480, 559, 560, 640, 719, 720, 800, 899, 900, 919, 920, 1000, 1119, 1120, 1240, 1399, 1400, 1440, 1600,
];
const DENSITIES = ['comfortable', 'compact'];

/** Widths at which popovers are looked at: each side of what changes them. */
const POPOVER_WIDTHS = [320, 419, 559, 720, 1600];

/** States that are looked at written from right to left: one of each kind of line, and popovers. */
const MIRRORED = [
  'ready', 'offline', 'ringcard', 'conversation', 'muted', 'second', 'consulting', 'conference', 'wrapup', 'sup-listen', 'wall', 'dial', 'more', 'diag', 'keypad',
  'transfer',
];

/** What of the bar does not fit at these widths, in words; and how many boxes were looked at. */
const misfits = (page, where) => page.evaluate(({ widths, densities }) => {
  const place = document.getElementById('toolbar');
  const host = document.querySelector('agent-toolbar');
  const bar = host.shadowRoot.querySelector('[part~=bar]');
  const found = [];
  let looked = 0;
  for (const density of densities) {
    host.setAttribute('density', density);
    for (const width of widths) {
      place.style.width = `${width}px`;
      const wrong = (one, what) => found.push(`${one.dataset?.act ?? one.className} “${one.textContent.trim().slice(0, 20)}” ${what}, ${width} px ${density}`);
      const box = bar.getBoundingClientRect();
      if (bar.scrollWidth > bar.clientWidth + 1) wrong(bar, `scrolls, ${bar.scrollWidth} in ${bar.clientWidth}`);
      const height = parseFloat(getComputedStyle(host).getPropertyValue('--at-bar'));
      if (Math.abs(box.height - height) > 0.1) wrong(bar, `is ${box.height} px high`);
      const boxes = '.btn, .chip, .dialf, .seg > button, .who, .tag, .two, .rec, .ttl, .txt, .meta, .next, .over, .stack .l1, .stack .l2';
      for (const one of bar.querySelectorAll(boxes)) {
        const at = one.getBoundingClientRect();
        if (!at.width || one.closest('.pop, .toast, .fail') || getComputedStyle(one).clipPath !== 'none') continue;
        looked += 1;
        const within = (one.closest('.party, .msg') ?? bar).getBoundingClientRect();
        if (at.right > within.right + 0.6 || at.left < within.left - 0.6) wrong(one, 'sticks out');
        const isControl = one.matches('.btn, .chip, .seg > button');
        // Everything beside the number gives way before the number does.
        const wide = one.matches('.party > .who') && [...one.parentNode.querySelectorAll(':scope > .slot > .tag, :scope > .tag')].some((tag) => tag.offsetWidth > 41);
        if (wide && one.scrollWidth > one.clientWidth) wrong(one, 'is cut beside something that is not');
        // What may be shortened ends in three dots.
        const dots = getComputedStyle(one).textOverflow === 'ellipsis';
        if (!dots && !one.querySelector('.pulse, .badge') && one.scrollWidth > one.clientWidth + (isControl ? 5 : 1)) {
          wrong(one, `is cut, ${one.scrollWidth} in ${one.clientWidth}`);
        }
        if (one.matches('.ttl, .txt') && one.scrollHeight > one.clientHeight + 3) wrong(one, 'has lines that are cut');
        const off = at.top + at.height / 2 - box.top - box.height / 2;
        if (one.matches('.btn, .chip, .two, .dialf') && !one.closest('.two .btn, .dialf .btn') && Math.abs(off) > 0.26) wrong(one, `is ${off.toFixed(2)} off the middle`);
        if (isControl) {
          const after = getComputedStyle(one, '::after');
          const grown = (side) => (after.content === 'none' ? 0 : -2 * parseFloat(after[side]) || 0);
          const [hitWidth, hitHeight] = [at.width + grown('left'), at.height + grown('top')];
          if (hitWidth < 31.9 || hitHeight < 31.9) wrong(one, `takes a press on ${hitWidth.toFixed(1)} by ${hitHeight.toFixed(1)} px`);
        }
      }
    }
  }
  host.removeAttribute('density');
  return { found, looked };
}, where);

/** What sticks out of a popover, or is cut in it. */
const misfitsInside = (popover) => popover.evaluate((pop) => {
  const found = [];
  const [box, host] = [pop, document.querySelector('agent-toolbar')].map((one) => one.getBoundingClientRect());
  const wrong = (one, what) => found.push(`${one.dataset.act ?? one.className} “${one.textContent.trim().slice(0, 20)}” ${what}`);
  if (box.left < host.left - 0.5 || box.right > host.right + 0.5) wrong(pop, 'is wider than the toolbar');
  for (const one of pop.querySelectorAll('*')) {
    const at = one.getBoundingClientRect();
    if (!at.width || one.closest('svg') || getComputedStyle(one).clipPath !== 'none') continue;
    if (at.left < box.left - 0.5 || at.right > box.right + 0.5) wrong(one, 'sticks out');
    if (one.matches('button:not(.sw), .btn, .tag') && one.scrollWidth > one.clientWidth + 3) wrong(one, `is cut, ${one.scrollWidth} in ${one.clientWidth}`);
  }
  return found;
});

/** What does not fit, with the widths, one line each. */
function summed(all) {
  const lines = new Map();
  for (const text of all) {
    const [what, where] = text.split(/, (?=[^,]*$)/);
    lines.set(what, [...lines.get(what) ?? [], where]);
  }
  return [...lines].map(([what, where]) => `${what}: ${where.join(', ')}`).join('\n');
}

for (const lang of ['zh', 'en']) {
  test(`nothing sticks out, is cut, hangs off the middle or is too small to press in any state at any width: ${lang}`, async (t) => {
    const wrong = [];
    let looked = 0;
    const opened = { narrow: new Set(), wide: new Set() };
    await eachState(t, shared, { states: AT_ANY_WIDTH, lang }, async ({ page, toolbar }, { id, width: own }) => {
      const { found, looked: boxes } = await misfits(page, { widths: WIDTHS, densities: DENSITIES });
      assert.ok(boxes > WIDTHS.length * DENSITIES.length, `there is something to look at, ${id}`);
      wrong.push(...found.map((text) => `${id}: ${text}`));
      const lookInside = async (popover, widths, what) => {
        for (const width of widths) {
          await resize(page, width);
          // It closes where what opened it had the focus, and folds.
          if (!await popover.count()) continue;
          looked += 1;
          wrong.push(...(await misfitsInside(popover)).map((text) => `${what}: ${text}, ${width} px`));
        }
      };
      for (const popover of await toolbar.locator(':popover-open').all()) await lookInside(popover, POPOVER_WIDTHS, `${id}, open`);
      // A narrow bar opens what a wide one shows.
      for (const [width, widths, known] of [[320, [320], opened.narrow], [own, [own], opened.wide]]) {
        await resize(page, width);
        await eachOpened({ page, toolbar }, known, async (name, popover) => {
          await lookInside(popover, widths, `${id}, ${name} open`);
          await resize(page, width);
        });
      }
    });
    assert.ok(looked > 150, `${looked} popovers were looked at`);
    assert.equal(summed(wrong), '');
  });
}

/** Numbers whose first digit stands right of the last one. */
const backwards = (page) => page.evaluate(() => {
  const host = document.querySelector('agent-toolbar');
  const where = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const all = document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
  const found = [];
  let looked = 0;
  while (all.nextNode()) {
    const { currentNode: node } = all;
    const number = /\d{2,}\*{4}\d{2,}/.exec(node.data);
    if (!number || !node.parentElement.getClientRects().length) continue;
    const [first, last] = [number.index, number.index + number[0].length - 1].map((at) => where(node, at));
    if (!first.width || !last.width) continue;
    looked += 1;
    if (first.left > last.left) found.push(`${number[0]} stands the other way round in ${node.parentElement.className}`);
  }
  return { found, looked };
});

test('written from right to left everything fits as well, and numbers stay as they are', async (t) => {
  const wrong = [];
  const looked = { popovers: 0, numbers: 0 };
  await eachState(t, shared, { states: AT_ANY_WIDTH.filter(({ id }) => MIRRORED.includes(id)), lang: 'en' }, async ({ page, toolbar }, { id }) => {
    // None of our languages is, but another may be. The page's own direction is not the toolbar's.
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
      document.querySelector('agent-toolbar').shadowRoot.querySelector('.at').dir = 'rtl';
    });
    for (const popover of await toolbar.locator(':popover-open').all()) {
      looked.popovers += 1;
      for (const width of POPOVER_WIDTHS) {
        await resize(page, width);
        wrong.push(...(await misfitsInside(popover)).map((text) => `${id}, open: ${text}, ${width} px`));
      }
    }
    await resize(page, 1440);
    const numbers = await backwards(page);
    looked.numbers += numbers.looked;
    const { found } = await misfits(page, { widths: POPOVER_WIDTHS, densities: DENSITIES });
    wrong.push(...[...found, ...numbers.found].map((text) => `${id}: ${text}, 1440 px`));
  });
  assert.ok(looked.popovers > 5 && looked.numbers > 5, `there is something to look at, ${JSON.stringify(looked)}`);
  assert.equal(summed(wrong), '');
});
