import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { end, freePorts, printed, start } from '../lib/child.mjs';
import { install, QUIET, run } from '../lib/packed.mjs';
import { serve } from '../lib/static.mjs';

const shared = withSandbox();

/** Serves a folder of a project that was built; gives the address of its page. */
async function files(t, folder, page) {
  const server = await serve({ '/': join(folder, '/') });
  t.after(() => server.stop());
  return `${server.origin}/${page}`;
}

/** Starts a server of the project's own on a free port; gives its address once it answers. */
async function server(t, folder, ...args) {
  const [port] = await freePorts(1);
  const child = start(process.execPath, [...args.map((arg) => arg.replace('PORT', port))], { cwd: folder, env: QUIET });
  t.after(() => end(child));
  const address = `http://127.0.0.1:${port}/`;
  await printed(child, async () => (await fetch(address).catch(() => undefined))?.ok);
  return address;
}

/** The page logs a supervisor in: the bar shows the state, and what is loaded later comes when it is wanted. */
async function showsToolbar(t, address) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  const missing = [];
  page.on('response', (response) => { if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) missing.push(response.url()); });
  const options = { ...optionsFor(shared.sandbox, { agentNumber: '1000', lang: 'en' }), el: undefined };
  await page.addInitScript((given) => { window.options = given; }, options);
  await page.goto(address);
  const bar = page.locator('agent-toolbar');
  await bar.locator('[part~=chip]').filter({ hasText: 'Signed in' }).waitFor();
  await page.evaluate(() => sdk.request.idle());
  await page.evaluate(() => sdk.openPanel('settings'));
  await bar.locator('[data-pop=settings]').waitFor();
  // Somebody to be seen on the wall, whose list a worker keeps.
  await page.evaluate((given) => { new sdk.constructor(given); }, { ...options, agentNumber: '1001' });
  await page.evaluate(() => sdk.openPanel('wall'));
  await bar.locator('[data-pop=wall] [role=row]').filter({ hasText: '1001' }).waitFor();
  assert.doesNotMatch(await page.said(), /agent-toolbar:/, 'nothing is lost');
  return missing;
}

/** How each is built and looked at, as its own documents begin. */
const PROJECTS = {
  Vite: ['vite', (t, folder) => files(t, join(folder, 'dist'), 'index.html')],
  webpack: ['webpack', (t, folder) => files(t, folder, 'index.html')],
  Parcel: ['parcel', (t, folder) => files(t, join(folder, 'dist'), 'index.html')],
  Next: ['next', (t, folder) => server(t, folder, 'node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', 'PORT')],
};

for (const [name, [project, open]] of Object.entries(PROJECTS)) {
  test(`a page that ${name} has built from the packed package shows the toolbar, and no file is missing`, async (t) => {
    const folder = await install(t, project);
    await run(folder, 'npm', 'run', 'build');
    assert.deepEqual(await showsToolbar(t, await open(t, folder)), []);
  });
}

for (const [name, project] of [['Rollup', 'rollup'], ['esbuild', 'esbuild']]) {
  test(`a page that ${name} has built, which takes no files along, has all it needs in its bundle`, async (t) => {
    const folder = await install(t, project);
    await run(folder, 'npm', 'run', 'build');
    const missing = await showsToolbar(t, await files(t, folder, 'index.html'));
    assert.deepEqual(missing.filter((url) => !/-(worker|roster)\.js$/.test(url)), []);
  });
}
