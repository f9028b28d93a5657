import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { end, freePorts, printed, start } from '../lib/child.mjs';
import { install, QUIET, run } from '../lib/packed.mjs';
import { serve } from '../lib/static.mjs';

const shared = withSandbox();

/** Serves a folder of a project that was built; gives the address of its page, and an end. */
async function files(folder, page) {
  const { origin, stop } = await serve({ '/': join(folder, '/') });
  return { address: `${origin}/${page}`, stop };
}

/** Starts a server of the project's own on a free port; gives its address once it answers, and an end. */
async function server(folder, ...args) {
  const [port] = await freePorts(1);
  const child = start(process.execPath, args.map((arg) => arg.replace('PORT', port)), { cwd: folder, env: QUIET });
  const address = `http://127.0.0.1:${port}/`;
  const stop = () => end(child);
  try {
    await printed(child, async () => (await fetch(address).catch(() => undefined))?.ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

/** The page logs a supervisor in: the bar shows the state, and what is loaded later comes when it is wanted. */
async function showsToolbar(t, { address, stop }) {
  t.after(stop);
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
  // The next page is the same agent.
  await page.context().close();
  await stop();
  return missing;
}

/** How what each has built is looked at, and how some serve a page that is being worked on. */
const PROJECTS = {
  Vite: {
    project: 'vite',
    built: (folder) => files(join(folder, 'dist'), 'index.html'),
    served: (folder) => server(folder, 'node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', 'PORT', '--strictPort'),
  },
  webpack: { project: 'webpack', built: (folder) => files(folder, 'index.html') },
  Parcel: { project: 'parcel', built: (folder) => files(join(folder, 'dist'), 'index.html') },
  Next: {
    project: 'next',
    built: (folder) => server(folder, 'node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', 'PORT'),
    served: (folder) => server(folder, 'node_modules/next/dist/bin/next', 'dev', '--hostname', '127.0.0.1', '--port', 'PORT'),
  },
};

for (const [name, { project, built, served }] of Object.entries(PROJECTS)) {
  test(`a page that ${name} makes with the packed package shows the toolbar, and no file is missing`, async (t) => {
    const folder = await install(t, project);
    await run(folder, 'npm', 'run', 'build');
    assert.deepEqual(await showsToolbar(t, await built(folder)), [], 'built');
    if (served) assert.deepEqual(await showsToolbar(t, await served(folder)), [], 'while it is worked on');
  });
}

for (const [name, project] of [['Rollup', 'rollup'], ['esbuild', 'esbuild']]) {
  test(`a page that ${name} makes, which takes no files along, has all it needs in its bundle`, async (t) => {
    const folder = await install(t, project);
    await run(folder, 'npm', 'run', 'build');
    const missing = await showsToolbar(t, await files(folder, 'index.html'));
    assert.deepEqual(missing.filter((url) => !/-(worker|roster)\.js$/.test(url)), []);
  });
}
