// A script of another origin whose hash the page names.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { OUR_SDK } from '../lib/paths.mjs';
import { openStrict, packed } from '../lib/strict-page.mjs';

const shared = withSandbox();
const LIB = 'http://elsewhere.example/lib/';

/** A page that takes the script from elsewhere, if it has this hash. */
async function open(t, hash) {
  const profile = await newProfile(t, shared.browser);
  await profile.route(`${LIB}*`, (route) => route.fulfill(packed(new URL(route.request().url()).pathname.replace('/lib/', ''))));
  const scripts = `<script charset="utf-8" src="${LIB}agent-toolbar.js" integrity="sha384-${hash}" crossorigin="anonymous"></script><script src="/strict/page.js"></script>`;
  return openStrict(t, shared, { profile, scripts });
}

test('a script that has the hash that the page names runs, with its panels', async (t) => {
  const agent = await open(t, createHash('sha384').update(await readFile(OUR_SDK)).digest('base64'));
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.call('openPanel', 'settings');
  await agent.toolbar.getByRole('dialog', { name: '设置' }).waitFor();
});

test('a script that has another hash does not run', async (t) => {
  const agent = await open(t, createHash('sha384').update('another').digest('base64'));
  assert.equal(await agent.page.evaluate(() => typeof AgentSdk), 'undefined');
  assert.match(await agent.page.said(), /integrity/);
});
