import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { AT_ANY_WIDTH, eachOpened, eachState, resize, wear, withGallery } from '../lib/gallery.mjs';

const shared = withGallery();
const THEMES = ['light', 'dark', 'contrast'];
/** What axe looks at of colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Buttons on which something is written that is not in their name: whoever speaks to the page names what they see. */
const misnamed = (page) => page.evaluate(() => {
  const found = [];
  for (const button of document.querySelector('agent-toolbar').shadowRoot.querySelectorAll('button[aria-label]')) {
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: holder, data } = texts.currentNode;
      if (!data.trim() || !holder.getClientRects().length || holder.closest('[aria-hidden=true]')) continue;
      const named = button.getAttribute('aria-label').toLowerCase().includes(data.trim().toLowerCase());
      if (!named) found.push(`“${data}” is written on “${button.getAttribute('aria-label')}”`);
    }
  }
  return found;
});

/** What axe says of the toolbar as it stands there; by these rules, or by all that are on by default. */
const violations = (page, rules) => page.evaluate(async (runOnly) => {
  const off = { enabled: false };
  const { violations: all, passes } = await axe.run('#toolbar', {
    ...(runOnly && { runOnly }),
    resultTypes: ['violations'],
    // The toolbar is a part of a page, whose landmarks are not its own. And a clock in a button is no part of its name, which
    // would change each second; that everything else is, is looked at below.
    rules: { region: off, 'label-content-name-mismatch': off },
  });
  return { looked: passes.length, all: all.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`)) };
}, rules);

/** What axe finds, and what has another name than is written on it, in every theme. */
async function wrongIn(page, what, { coloursAlone = false } = {}) {
  const wrong = [];
  for (const theme of THEMES) {
    await wear(page, theme);
    // Of a popover only the colours are others in the next theme.
    const colours = coloursAlone && theme !== THEMES[0];
    const found = await violations(page, colours ? OF_COLOURS : undefined);
    assert.ok(found.looked > (colours ? 0 : 3), `axe has looked at the toolbar, ${what}`);
    wrong.push(...found.all.map((text) => `${what}, ${theme}: ${text}`));
  }
  wrong.push(...(await misnamed(page)).map((text) => `${what}: ${text}`));
  return wrong;
}

for (const lang of ['zh', 'en']) {
  test(`axe finds nothing in any state or popover, in any theme, wide or narrow: ${lang}`, async (t) => {
    const wrong = [];
    const opened = { narrow: new Set(), wide: new Set() };
    await eachState(t, shared, { states: AT_ANY_WIDTH, lang }, async ({ page, toolbar }, { id, width: own }) => {
      // axe takes its time.
      await page.evaluate(() => window.still.then((clock) => clock.giveBack()));
      await page.addScriptTag({ path: AXE });
      for (const [width, known] of [[320, opened.narrow], [own, opened.wide]]) {
        await resize(page, width);
        const what = `${id}, ${width} px`;
        wrong.push(...await wrongIn(page, what));
        await eachOpened({ page, toolbar }, known, async (name) => wrong.push(...await wrongIn(page, `${what}, ${name} open`, { coloursAlone: true })));
      }
    });
    for (const [how, all] of Object.entries(opened)) assert.ok(all.size > 30, `${all.size} popovers were opened, ${how}`);
    assert.equal(wrong.join('\n'), '');
  });
}
