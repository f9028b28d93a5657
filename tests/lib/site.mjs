import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { PKG, WWW } from './paths.mjs';
import { serve } from './static.mjs';

/** What strict pages allow. */
export const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
export const LANGUAGES = ['en', 'zh-CN'];

/** All pages of the built site, as addresses under /docs/. */
export async function pages() {
  const all = await readdir(`${WWW}docs`, { recursive: true }).catch(() => []);
  const found = all.filter((path) => path.endsWith('.html')).map((path) => path.replaceAll('\\', '/')).sort();
  assert.ok(found.length > 20, `www/docs has ${found.length} pages: \`cargo xtask site\` writes them`);
  return found;
}

/** The site, served under a strict policy, and a browser: from the first test of a file to its last. */
export function withSite() {
  const shared = {};
  before(async () => {
    shared.site = await serve({ '/pkg/': PKG, '/': WWW }, { headers: () => ({ 'content-security-policy': STRICT }) });
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.site?.stop();
  });
  return shared;
}

/** A tab that opens pages of the site. An error in it, or something that the policy forbids, fails the test. */
export async function reader(t, shared, options = {}) {
  const context = await shared.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`${page.url()}: ${message.text()}`);
  });
  t.after(() => assert.deepEqual(wrong, [], 'what the console says of the pages'));
  page.read = async (path) => {
    await page.goto(`${shared.site.origin}/docs/${path}`);
    // Shown by the last thing that the page's script does.
    if (options.javaScriptEnabled !== false) await page.locator('form.search').waitFor();
  };
  return page;
}
