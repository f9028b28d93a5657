import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { AT_ANY_WIDTH, eachState, resize, wear, withGallery } from '../lib/gallery.mjs';

const shared = withGallery();
const THEMES = ['light', 'dark', 'contrast'];
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

/** What axe says of the toolbar as it stands there. */
const violations = (page) => page.evaluate(async () => {
  const off = { enabled: false };
  const { violations: all, passes } = await axe.run('#toolbar', {
    resultTypes: ['violations'],
    // The toolbar is a part of a page, whose landmarks are not its own. And a clock in a button is no part of its name, which
    // would change each second; that everything else is, is looked at below.
    rules: { region: off, 'label-content-name-mismatch': off },
  });
  return { looked: passes.length, all: all.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`)) };
});

for (const lang of ['zh', 'en']) {
  test(`axe finds nothing in any state or popover, in any theme: ${lang}`, async (t) => {
    const wrong = [];
    await eachState(t, shared, { states: AT_ANY_WIDTH, lang }, async ({ page }, { id, width: own }) => {
      // axe takes its time.
      await page.evaluate(() => window.still.then((clock) => clock.giveBack()));
      await page.addScriptTag({ path: AXE });
      // What is narrow has the colours of what is wide.
      for (const [width, themes] of [[320, ['light']], [own, THEMES]]) {
        await resize(page, width);
        const what = `${id}, ${width} px`;
        for (const theme of themes) {
          await wear(page, theme);
          const found = await violations(page);
          assert.ok(found.looked > 3, `axe has looked at the toolbar, ${what}`);
          wrong.push(...found.all.map((text) => `${what}, ${theme}: ${text}`));
        }
        wrong.push(...(await misnamed(page)).map((text) => `${what}: ${text}`));
      }
    });
    assert.equal(wrong.join('\n'), '');
  });
}
