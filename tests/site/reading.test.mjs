import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, pages, reader, withSite } from '../lib/site.mjs';

const shared = withSite();

/** Presses the link to the other language where it is: Playwright's own click may scroll a page that glides, and so leave the section. */
async function changeLanguage(page) {
  const { x, y, width, height } = await page.locator('nav.languages a').boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
}

test('every page opens under a strict policy without a word in the console, and its pictures are seen', async (t) => {
  const page = await reader(t, shared);
  for (const path of await pages()) {
    if (!path.includes('/')) continue;
    await page.read(path);
    await page.waitForLoadState('load');
    const unseen = await page.evaluate(() => [...document.images].filter((one) => !one.naturalWidth).map((one) => one.src));
    assert.deepEqual(unseen, [], path);
  }
});

for (const [language, words, expected] of [
  ['en', 'whisper', 'whisper'],
  ['en', 'WRAP-UP  agent', 'wrap-up'],
  ['zh-CN', '话后整理', '话后整理'],
  ['zh-CN', '监听', '监听'],
]) {
  test(`the search finds “${words}” in ${language}, and the keyboard opens it`, async (t) => {
    const page = await reader(t, shared);
    await page.read(`${language}/gallery.html`);
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText(words);
    const first = page.locator('.results a').first();
    await first.locator('mark').first().waitFor();
    assert.match(await page.locator('#search-status').innerText(), /[1-9]/);
    const marked = await first.locator('mark').allInnerTexts();
    const asked = words.toLowerCase().split(/ +/);
    assert.ok(marked.every((one) => asked.includes(one.toLowerCase())), marked.join());
    const href = await first.getAttribute('href');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(href);
    const { pathname, hash } = new URL(href);
    assert.ok(pathname.startsWith(`/docs/${language}/`));
    const found = hash ? page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`) : page.locator('h1');
    await found.waitFor();
    assert.ok((await page.locator('article').innerText()).toLowerCase().includes(expected));
  });
}

test('what is not there is not found, and Escape takes the answer away', async (t) => {
  const page = await reader(t, shared);
  await page.read('en/index.html');
  const box = page.getByRole('searchbox');
  await box.fill('zzqqxx');
  await page.getByText('Nothing was found').waitFor();
  await box.press('Escape');
  assert.ok(await page.locator('.results').isHidden());
});

test('a name of the API is found before what only mentions it', async (t) => {
  const page = await reader(t, shared);
  await page.read('en/index.html');
  await page.getByRole('searchbox').fill('Errors');
  const first = page.locator('.results b').first();
  await first.waitFor();
  assert.equal(await first.innerText(), 'Errors');
});

test('the other language shows the same section, and is the one of the next visit', async (t) => {
  const page = await reader(t, shared, { locale: 'en-GB', viewport: { width: 1280, height: 500 } });
  const heading = page.locator('#what-it-does');
  const isAtTop = () => page.waitForFunction(() => {
    const { top } = document.querySelector('#what-it-does').getBoundingClientRect();
    return top > 0 && top < 200;
  });
  await page.goto(`${shared.site.origin}/docs/index.html`);
  await page.waitForURL('**/docs/en/index.html');
  await page.locator('nav.contents').getByText('What it does').click();
  // The page glides there; the section that is read is the one that counts.
  await page.locator('nav.contents a[aria-current]', { hasText: 'What it does' }).waitFor();
  assert.equal(await heading.innerText(), 'What it does');
  await changeLanguage(page);
  await page.waitForURL('**/docs/zh-CN/index.html#what-it-does');
  await isAtTop();
  assert.equal(await heading.innerText(), '能做什么');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');

  await page.goto(`${shared.site.origin}/docs/index.html`);
  await page.waitForURL('**/docs/zh-CN/index.html');
});

test('the last section is kept as well, which cannot come to the top', async (t) => {
  const page = await reader(t, shared);
  await page.read('en/gallery.html');
  const last = page.locator('nav.contents a').last();
  const { hash } = new URL(await last.getAttribute('href'), page.url());
  await last.click();
  await page.locator('nav.contents a[aria-current]', { hasText: await last.innerText() }).waitFor();
  await changeLanguage(page);
  await page.waitForURL(`**/docs/zh-CN/gallery.html${hash}`);
});

test('the browser’s language is the one of the first visit', async (t) => {
  const page = await reader(t, shared, { locale: 'zh-TW' });
  await page.goto(`${shared.site.origin}/docs/index.html`);
  await page.waitForURL('**/docs/zh-CN/index.html');
});

test('the colours follow the system until they are chosen', async (t) => {
  const page = await reader(t, shared, { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.read('en/index.html');
  const dark = await ground();
  const button = page.getByRole('button', { name: 'Dark colours' });
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await button.click();
  const light = await ground();
  assert.notEqual(light, dark);
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await page.read('en/toolbar.html');
  assert.equal(await ground(), light, 'chosen for the next page, too');
  await button.click();
  assert.equal(await ground(), dark);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await ground(), light, 'paper is white');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  assert.equal(await ground(), light, 'what the system wants is followed again');
});

for (const language of LANGUAGES) {
  test(`the site is read without JavaScript, on a phone as well: ${language}`, async (t) => {
    const page = await reader(t, shared, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto(`${shared.site.origin}/docs/index.html`);
    await page.locator(`a[hreflang="${language}"]`).click();
    await page.locator('h1').waitFor();
    assert.ok(await page.locator('form.search').isHidden(), 'what would do nothing is not shown');
    await page.locator('.open-pages').click();
    const link = page.locator('nav.pages a[href="toolbar.html"]');
    await link.click();
    await page.waitForURL(`**/docs/${language}/toolbar.html`);
    await page.locator('.open-contents').click();
    await page.locator('nav.contents a').last().click();
    assert.match(page.url(), /#./);
    assert.ok((await page.locator('article').innerText()).length > 2000);
  });
}
