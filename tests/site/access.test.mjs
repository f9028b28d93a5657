import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { LANGUAGES, pages, reader, withSite } from '../lib/site.mjs';

const shared = withSite();
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe looks at of colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe says of the page as it stands there; by these rules, or by all that are on by default. */
async function violations(page, rules) {
  // Not as a script of the page, which the policy would refuse.
  await page.evaluate(AXE);
  const { looked, all } = await page.evaluate(async (runOnly) => {
    const { violations: found, passes } = await window.axe.run(document, { ...(runOnly && { runOnly }), resultTypes: ['violations'] });
    return {
      looked: passes.length,
      all: found.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`)),
    };
  }, rules);
  assert.ok(looked > (rules ? 0 : 10), 'axe has looked at the page');
  return all;
}

/** How far the page sticks out at the side. */
const sticksOut = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

for (const language of LANGUAGES) {
  test(`axe finds nothing on any page, light or dark: ${language}`, async (t) => {
    const page = await reader(t, shared);
    const wrong = [];
    for (const path of (await pages()).filter((one) => one.startsWith(`${language}/`))) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.read(path);
      wrong.push(...(await violations(page)).map((text) => `${path}: ${text}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      wrong.push(...(await violations(page, OF_COLOURS)).map((text) => `${path}, dark: ${text}`));
    }
    assert.equal(wrong.join('\n'), '');
  });

  test(`no page sticks out of a phone: ${language}`, async (t) => {
    const page = await reader(t, shared, { viewport: { width: 320, height: 700 } });
    const wrong = [];
    for (const path of (await pages()).filter((one) => one.startsWith(`${language}/`))) {
      await page.read(path);
      const by = await sticksOut(page);
      if (by > 0) wrong.push(`${path}: by ${by} px`);
    }
    assert.equal(wrong.join('\n'), '');
  });
}

test('axe finds nothing at any width, with menu, contents and search open', async (t) => {
  const page = await reader(t, shared);
  for (const width of [320, 1000, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    await page.read('en/toolbar.html');
    assert.deepEqual(await violations(page), [], `${width} px`);
    for (const opener of ['.open-pages', '.open-contents']) {
      if (!await page.locator(opener).isVisible()) continue;
      await page.click(opener);
      assert.deepEqual(await violations(page), [], `${width} px, ${opener}`);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('searchbox').fill('toolbar');
    await page.locator('.results a').first().waitFor();
    assert.deepEqual(await violations(page), [], `${width} px, search`);
  }
});

test('axe finds nothing on the way to a language and where there is no page', async (t) => {
  // A language that is not there, so that nobody is led on.
  const page = await reader(t, shared, { locale: 'fr-FR' });
  for (const path of ['index.html', '404.html']) {
    await page.goto(`${shared.site.origin}/docs/${path}`);
    assert.deepEqual(await violations(page), [], path);
  }
});

test('everything is reached by the keyboard, and the text at once', async (t) => {
  const page = await reader(t, shared);
  await page.read('en/toolbar.html');
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip');
  assert.ok(await skip.evaluate((one) => one === document.activeElement && one.getBoundingClientRect().top >= 0));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'the text comes next');

  await page.read('en/toolbar.html');
  const reached = new Set();
  const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
  assert.ok(wanted > 30);
  for (let presses = 0; presses < wanted + 40; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input')];
      const box = document.activeElement.getBoundingClientRect();
      return { index: all.indexOf(document.activeElement), seen: box.width > 0 && box.height > 0 };
    });
    if (at.index >= 0) {
      assert.ok(at.seen, `what is reached after ${presses} presses is seen`);
      reached.add(at.index);
    }
  }
  assert.equal(reached.size, wanted);
});
