import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { STATES } from '../../www/gallery/states.js';
import { launch } from './browser.mjs';
import { PKG, WWW } from './paths.mjs';
import { eachPopover } from './popovers.mjs';
import { serve } from './static.mjs';

export { STATES };

/** States whose popovers and widths are looked at: those of 320 px are others at another width, but for those of the menu More there. */
export const AT_ANY_WIDTH = STATES.filter(({ group, id }) => group !== 'narrow' || ['n-more', 'n-transfer'].includes(id));

/** So many pages at a time: as many as CI has processors. */
const PAGES = 2;

/** The gallery and a browser for the tests of one file. */
export function withGallery() {
  const shared = {};
  before(async () => {
    shared.site = await serve({ '/pkg/': PKG, '/': WWW });
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.site?.stop();
  });
  return shared;
}

/** Opens each of these states in turn, a few at a time, and has `look` look at it: at a page and a locator of the toolbar. */
export async function eachState(t, { site, browser }, { states, lang }, look) {
  const left = [...states];
  const uncaught = [];
  const context = await browser.newContext({
    viewport: { width: 1680, height: 900 }, deviceScaleFactor: 1, timezoneId: 'Asia/Shanghai', colorScheme: 'light',
    // What is fading in has no colour and no place of its own yet.
    reducedMotion: 'reduce',
    // A page of this machine may ask this machine.
    permissions: ['local-network-access'],
  });
  context.setDefaultTimeout(30_000);
  t.after(() => context.close());
  const work = async () => {
    const page = await context.newPage();
    for (let state = left.shift(); state; state = left.shift()) {
      const { id, width } = state;
      page.removeAllListeners('pageerror');
      page.on('pageerror', ({ message }) => uncaught.push(`${id}: ${message}`));
      await page.goto(`${site.origin}/gallery/still.html?${new URLSearchParams({ id, width, lang })}`);
      await page.evaluate(() => window.still.then(() => {}));
      await look({ page, toolbar: page.locator('#toolbar') }, state);
    }
  };
  // Where one fails the others stop as well.
  await Promise.all(Array.from({ length: PAGES }, () => work().finally(() => { left.length = 0; })));
  assert.deepEqual(uncaught, [], 'errors nobody caught in the page');
}

/** Has the toolbar and the page behind it look like this. */
export const wear = (page, theme) => page.evaluate((name) => {
  document.documentElement.dataset.theme = name;
  document.querySelector('agent-toolbar').setAttribute('theme', name);
}, theme);

/** Gives the toolbar this width, and waits until whoever follows that has: it is told when a frame is drawn. */
export const resize = (page, width) => page.evaluate(async (to) => {
  document.getElementById('toolbar').style.width = `${to}px`;
  // What is open keeps its place otherwise.
  dispatchEvent(new Event('resize'));
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}, width);

/**
 * Opens everything that can be opened from the bar of a still in which nothing is open yet, one after the other, and has `look`
 * look at it: at its name and a locator. `known` holds what has been opened: in the same state of the agent it is the same.
 */
export async function eachOpened({ page, toolbar }, known, look) {
  const state = await page.evaluate(async () => {
    // From now on time goes by: what opens is waited for.
    await window.still.then((clock) => clock.giveBack());
    const { link, agent } = sdk.snapshot();
    const isOpen = document.querySelector('agent-toolbar').shadowRoot.querySelector('[part~=bar] [aria-expanded=true]');
    return isOpen ? undefined : `${link.state} ${agent.state} ${agent.situation}`;
  });
  if (!state) return;
  await eachPopover({ page, toolbar }, look, (name) => known.has(`${name} ${state}`) || !known.add(`${name} ${state}`));
}
