import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { watchSockets } from '../lib/browser.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { eachPopover } from '../lib/popovers.mjs';
import { STATES, reach } from '../lib/states.mjs';

const shared = withSandbox();

/** What is left of a window of 1280 by 800 when all in it is twice as large. */
const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };

/** A supervisor, to whom most is shown, in a group of callers who wait, in a window like this. */
async function supervisor(t, look, lang = 'en') {
  const profile = await shared.browser.newContext({ permissions: ['local-network-access'], ...look });
  profile.setDefaultTimeout(30_000);
  t.after(() => profile.close());
  await profile.addInitScript(watchSockets);
  const office = await logInAtFake(t, shared, { says: { login: { agentType: 1 } }, more: { lang, queueLimits: { g1: 1 } }, profile });
  await office.agent.page.emulateMedia({ reducedMotion: 'reduce', forcedColors: look.forcedColors });
  // Whoever uses the keyboard sees the focus.
  await office.agent.page.keyboard.press('Tab');
  return office;
}

/** Runs in the page: what of the bar or of a popover does not fit, or cannot be seen when it has the focus. */
function wrongWith(selector) {
  const root = document.querySelector('agent-toolbar').shadowRoot;
  const found = [];
  const wrong = (one, what) => found.push(`${one.dataset?.act ?? one.className} “${one.textContent.trim().slice(0, 24)}” ${what}`);
  const isSeen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).clipPath === 'none' && getComputedStyle(one).visibility === 'visible';
  const place = root.querySelector(selector);
  const isBar = place.matches('[part~=bar]');
  const all = [...place.querySelectorAll('*')].filter((one) => isSeen(one) && !one.closest('svg, option') && (!isBar || !one.closest('.pop, .toast')));
  const doc = document.documentElement;
  if (doc.scrollWidth > innerWidth) found.push(`the page scrolls sideways, ${doc.scrollWidth} in ${innerWidth}`);
  const box = place.getBoundingClientRect();
  if (box.left < 0 || box.right > innerWidth + 0.5 || box.top < 0 || box.bottom > innerHeight + 0.5) {
    wrong(place, `leaves the window: ${[box.left, box.top, box.right, box.bottom].map(Math.round)} in ${innerWidth} by ${innerHeight}`);
  }
  for (const one of all) {
    const at = one.getBoundingClientRect();
    // What scrolls up and down is found by scrolling.
    let ends = one.parentElement;
    while (ends !== place && !/auto|scroll/.test(getComputedStyle(ends).overflowY)) ends = ends.parentElement;
    const within = ends.getBoundingClientRect();
    if (at.left < within.left - 1 || at.right > within.right + 1) wrong(one, 'sticks out');
    if (ends === place && (at.top < within.top - 1 || at.bottom > within.bottom + 1)) wrong(one, 'sticks out up or down');
    const style = getComputedStyle(one);
    const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && !one.matches('input, textarea, select, .scroller, .heads, .chipset');
    const writes = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if ((hides || one.matches('.btn, .chip, .tag')) && writes && one.scrollWidth > one.clientWidth + 2) wrong(one, `is cut, ${one.scrollWidth} in ${one.clientWidth}`);
  }
  /** How something and what is round it look. */
  const looks = (one) => ['', '::before', '::after'].map((part) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderTopWidth, borderColor } = getComputedStyle(one, part || null);
    // Of an outline that is none neither width nor colour is seen, nor of an edge without width.
    return [outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`, boxShadow, borderTopWidth === '0px' ? '' : borderColor];
  }).join();
  const around = (one) => [one, one.closest('.in, .dialf') ?? one].map(looks).join(' | ');
  const before = root.activeElement;
  let looked = 0;
  for (const one of all.filter((each) => each.matches('button, input, select, textarea, [tabindex]'))) {
    if (one.matches('[tabindex="-1"]:not(button, input)')) continue;
    root.activeElement?.blur();
    const without = around(one);
    one.focus({ focusVisible: true, preventScroll: true });
    if (root.activeElement !== one) continue;
    looked += 1;
    if (around(one) === without) wrong(one, 'looks the same with the focus');
  }
  before?.focus({ preventScroll: true });
  return { found, looked };
}

/** The names of the controls that are seen in the bar, and of those that the arrow keys lead to. */
async function reached(agent) {
  const { page } = agent;
  const seen = await page.evaluate(() => {
    const bar = document.querySelector('agent-toolbar').shadowRoot.querySelector('[part~=bar]');
    const all = [...bar.querySelectorAll('button, input')].filter((one) => one.getClientRects().length && !one.closest('.pop, .toast'));
    all.find((one) => one.tabIndex === 0).focus();
    return all.map((one) => one.dataset.act ?? one.className);
  });
  const met = new Set();
  for (let step = 0; step < seen.length; step += 1) {
    met.add(await page.evaluate(() => {
      const at = document.querySelector('agent-toolbar').shadowRoot.activeElement;
      return at?.dataset.act ?? at?.className;
    }));
    await page.keyboard.press('ArrowRight');
  }
  return { seen: new Set(seen), met };
}

/** Controls of a popover to which no key leads. */
const unreached = (popover) => popover.evaluate((pop) => [...pop.querySelectorAll('button, input, select, textarea')]
  .filter((one) => one.getClientRects().length && one.tabIndex < 0)
  // Of a group one can be reached, and arrow keys lead from there.
  .filter((one) => {
    const group = one.closest('[role=menu], [role=radiogroup], [role=tablist], [role=listbox], [role=row], [role=table]');
    // Tab in the field leads through the lists over it.
    return !group || !(!group.matches('[role=radiogroup]') || group.querySelector('[tabindex="0"]'));
  })
  .map((one) => one.dataset.act ?? one.className));

const LOOKS = {
  'at 200 %': ZOOMED,
  'at 200 % in the colours of the system': { ...ZOOMED, forcedColors: 'active' },
  'in the colours of the system': { viewport: { width: 1680, height: 900 }, forcedColors: 'active' },
};

for (const [name, look] of Object.entries(LOOKS)) {
  test(`nothing leaves the window or is cut ${name}, the focus is seen, and every control is reached`, async (t) => {
    const office = await supervisor(t, look);
    const { agent } = office;
    await agent.inFull();
    const wrong = [];
    for (const what of Object.keys(STATES)) {
      await reach(office, what);
      const { found, looked } = await agent.page.evaluate(wrongWith, '[part~=bar]');
      assert.ok(looked > 1, `${looked} controls were looked at, ${what}`);
      wrong.push(...found.map((text) => `${what}: ${text}`));
      const { seen, met } = await reached(agent);
      assert.deepEqual(met, seen, `all controls are reached, ${what}`);
    }
    assert.equal([...new Set(wrong)].join('\n'), '');
  });

  test(`popovers stay in the window ${name}, their focus is seen, and every control is reached`, async (t) => {
    const office = await supervisor(t, look);
    const { agent } = office;
    const known = new Set();
    const wrong = [];
    for (const what of Object.keys(STATES)) {
      const { agent: { situation } } = await reach(office, what);
      await eachPopover(agent, async (pop, popover) => {
        const { found } = await agent.page.evaluate(wrongWith, `[data-pop=${pop}]`);
        wrong.push(...found.map((text) => `${what}, ${pop}: ${text}`));
        wrong.push(...(await unreached(popover)).map((text) => `${what}, ${pop}: ${text} is not reached`));
      }, (pop) => known.has(`${pop} ${situation}`) || !known.add(`${pop} ${situation}`));
    }
    assert.equal([...new Set(wrong)].join('\n'), '');
  });

  test(`the settings stay in the window ${name}, their focus is seen, and every control is reached`, async (t) => {
    const office = await supervisor(t, look);
    const { agent } = office;
    await reach(office, 'ready');
    await agent.toolbar.locator('[data-act=more]').press('Enter');
    await agent.toolbar.locator('[role=menu] [data-act=settings]').press('Enter');
    const settings = agent.toolbar.locator('[data-pop=settings]');
    await settings.locator('[data-choice=theme]').waitFor();
    for (const open of [false, true]) {
      if (open) await settings.locator('[data-act=changeShortcuts]').press('Enter');
      const { found, looked } = await agent.page.evaluate(wrongWith, '[data-pop=settings]');
      assert.ok(looked > (open ? 20 : 5), `${looked} controls were looked at`);
      assert.equal(found.join('\n'), '');
      assert.deepEqual(await unreached(settings), []);
    }
  });
}

test('what is chosen or pressed is seen in the colours of the system', async (t) => {
  const office = await supervisor(t, { ...ZOOMED, forcedColors: 'active' });
  const { agent } = office;
  const colours = (locator) => locator.evaluate((one) => {
    const { backgroundColor, color } = getComputedStyle(one);
    return `${backgroundColor} ${color}`;
  });
  await reach(office, 'muted');
  const bar = agent.toolbar.locator('[part~=bar]');
  assert.notEqual(await colours(bar.locator('[data-act=mute]')), await colours(bar.locator('[data-act=hold]')));
  await reach(office, 'ready');
  await agent.toolbar.locator('[data-act=more]').press('Enter');
  await agent.toolbar.locator('[role=menu] [data-act=settings]').press('Enter');
  const theme = agent.toolbar.locator('[data-choice=theme] button');
  await theme.first().waitFor();
  assert.notEqual(await colours(theme.first()), await colours(theme.last()));
});
