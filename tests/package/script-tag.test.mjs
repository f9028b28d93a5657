import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { pack, run, scratch } from '../lib/packed.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const html = (head, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${head}<div id="toolbar"></div>${body}</html>`;
const START = "window.sdk = new AgentSdk({ ...window.options, el: '#toolbar' });";

/** The unpacked tarball on an origin of its own, and a page that takes the toolbar from there. The file `change` is changed on its way. */
async function open(t, page, { change, into = (text) => `${text}\n` } = {}) {
  const folder = await scratch(t);
  const { tarball } = await pack(folder);
  await run(folder, 'tar', '-xzf', tarball);
  const server = await serve({ '/lib/': join(folder, 'package/') }, { headers: () => ({ 'access-control-allow-origin': '*' }) });
  t.after(() => server.stop());
  const hashes = JSON.parse(await readFile(join(folder, 'package/sri.json'), 'utf8'));
  const tab = await newTab(t, await newProfile(t, shared.browser), { allow: change && /AgentSdk is not defined/ });
  const options = { ...optionsFor(shared.sandbox, { lang: 'en' }), el: undefined };
  await tab.addInitScript((given) => { window.options = given; }, options);
  const address = `${shared.sandbox.origin}/tag.html`;
  await tab.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: page(`${server.origin}/lib/`, hashes) }));
  if (change) await tab.route(`${server.origin}/lib/${change}*`, async (route) => route.fulfill({
    contentType: 'text/javascript; charset=utf-8',
    headers: { 'access-control-allow-origin': '*' },
    body: into(await readFile(join(folder, 'package', change), 'utf8')),
  }));
  await tab.goto(address);
  return tab;
}

const tagged = (lib, hashes) => html(
  `<script charset="utf-8" src="${lib}agent-toolbar.js" crossorigin integrity="${hashes['agent-toolbar.js']}"></script>`,
  `<script>${START}</script>`,
);

async function opensPanel(page) {
  await page.locator('agent-toolbar [part~=chip]').filter({ hasText: 'Signed in' }).waitFor();
  await page.evaluate(() => sdk.openPanel('settings'));
  await page.locator('agent-toolbar [data-pop=settings]').waitFor();
}

test('a page with a script tag and the published hash shows the toolbar, and panels come with their own', async (t) => {
  await opensPanel(await open(t, tagged));
});

test('a script that is not the published one is not run', async (t) => {
  const page = await open(t, tagged, { change: 'agent-toolbar.js' });
  assert.equal(await page.evaluate(() => typeof AgentSdk), 'undefined');
  assert.match(await page.said(), /integrity/);
});

test('panels that are not those of the published script are not run either, and the bar works on', async (t) => {
  const page = await open(t, tagged, { change: 'agent-toolbar-panels.js' });
  const chip = page.locator('agent-toolbar [part~=chip]');
  await chip.filter({ hasText: 'Signed in' }).waitFor();
  await page.evaluate(() => sdk.openPanel('settings'));
  await until(async () => /this panel cannot be shown/.test(await page.said()), { what: 'the console says what is lost' });
  assert.match(await page.said(), /integrity/);
  await page.evaluate(() => sdk.request.idle());
  await chip.filter({ hasText: 'Ready' }).waitFor();
});

for (const file of ['agent-toolbar-inline.mjs', 'agent-toolbar.mjs']) {
  test(`a page of modules takes ${file} without a bundler`, async (t) => {
    await opensPanel(await open(t, (lib) => html('', `<script type="module">import { AgentSdk } from '${lib}${file}'; ${START}</script>`)));
  });
}

test('a module that cannot load its panels says what is lost, and the bar works on', async (t) => {
  const page = await open(t, (lib) => html('', `<script type="module">import { AgentSdk } from '${lib}agent-toolbar-inline.mjs'; ${START}</script>`), {
    change: 'agent-toolbar-panels.mjs',
    into: (text) => text.replace(/="[0-9a-f]{8,16}"/, '="0"'),
  });
  const chip = page.locator('agent-toolbar [part~=chip]');
  await chip.filter({ hasText: 'Signed in' }).waitFor();
  await page.evaluate(() => sdk.openPanel('settings'));
  await until(async () => /this panel cannot be shown.*agent-toolbar-panels\.mjs is of another build/.test(await page.said()), { what: 'the console says what is lost' });
  await page.evaluate(() => sdk.request.idle());
  await chip.filter({ hasText: 'Ready' }).waitFor();
});
