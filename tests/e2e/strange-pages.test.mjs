import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newProfile, newTab } from '../lib/browser.mjs';
import { Agent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { readFile } from 'node:fs/promises';
import { PAGE } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** The test page with the script from the sandbox, changed by `change`. */
async function open(t, { contentType = 'text/html; charset=utf-8', change = (html) => html, prepare } = {}) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  const html = change((await readFile(PAGE, 'utf8')).replace('/sdk.js', '/pkg/agent-toolbar.js'));
  await page.route('**/strange.html', (route) => route.fulfill({ contentType, body: html }));
  await prepare?.(page);
  await page.goto(`${shared.sandbox.origin}/strange.html`);
  return new Agent(page);
}

test('a page of another charset runs a script that names none', async (t) => {
  const agent = await open(t, {
    contentType: 'text/html; charset=gbk',
    change: (html) => html.replace('<meta charset="utf-8">', ''),
    // Whatever the server says, this script comes without a charset.
    prepare: (page) => page.route('**/pkg/agent-toolbar.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { 'content-type': 'text/javascript' } });
    }),
  });
  assert.equal(await agent.page.evaluate(() => document.characterSet), 'GBK');
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();
  await agent.chipShows('就绪');
});

test('a page that opens is not held up by the start of a worker; there is one all the same', async (t) => {
  const agent = await open(t, {});
  const atOnce = await agent.page.evaluate((options) => {
    const { Worker: Real } = window;
    window.begun = 0;
    window.Worker = class extends Real {
      constructor(...given) {
        super(...given);
        window.begun += 1;
      }
    };
    startSdk(options);
    return window.begun;
  }, optionsFor(shared.sandbox));
  assert.equal(atOnce, 0);
  await agent.event('Login');
  await until(() => agent.page.evaluate(() => window.begun === 1), { what: 'the worker' });
});

test('without its worker file the toolbar keeps time all the same', async (t) => {
  const agent = await open(t, {
    prepare: (page) => page.route('**/agent-toolbar-worker.js', (route) => route.fulfill({ status: 404 })),
  });
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await shared.sandbox.fault('refuse-connections', { path: '/ws', ms: 1500 });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');
});
