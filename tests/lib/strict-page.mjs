import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from './agent.mjs';
import { newProfile, newTab } from './browser.mjs';
import { PAGE, PKG } from './paths.mjs';

const TYPES = "require-trusted-types-for 'script'; trusted-types agent-toolbar";

/** What a strict page may send, as `docs/strict-pages.md` says it. */
export const POLICIES = {
  self: `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; ${TYPES}`,
  nonce: `default-src 'none'; script-src 'nonce-once' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; ${TYPES}`,
};

/** What the page of the tests is without a script in its markup, which no strict page lets run. */
const MARKUP = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>Agent page</title><div id="toolbar"></div>';

const BUILDS = {
  script: '<script src="/pkg/agent-toolbar.js"></script><script src="/strict/page.js"></script>',
  module: '<script type="module" src="/strict/module.js"></script>',
};

/** Runs in a page before its scripts: `violations` is what its policy kept from happening. */
function watchPolicy() {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) => {
    violations.push(`${effectiveDirective}: ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`);
  });
}

/** Answers for the strict page at `origin`; the package comes from its file. `pages` gives more: an address's path, and its answer. */
export async function routeStrict(page, origin, { policy, headers = {}, build = 'script', scripts = BUILDS[build], pages = {} } = {}) {
  const script = (await readFile(PAGE, 'utf8')).match(/<script>(.*)<\/script>/s)[1];
  const nonce = policy?.includes("'nonce-once'");
  const html = MARKUP + (nonce ? scripts.replaceAll('<script', '<script nonce="once"') : scripts);
  const code = (body) => ({ contentType: 'text/javascript; charset=utf-8', body });
  const answers = {
    '/strict/': { headers: { 'content-type': 'text/html; charset=utf-8', ...policy && { 'content-security-policy': policy }, ...headers }, body: html },
    '/strict/page.js': code(script),
    '/strict/module.js': code(`import * as all from '/pkg/agent-toolbar-inline.mjs';\nObject.assign(globalThis, all);\n${script}\nObject.assign(globalThis, { heard, startSdk, plain, thrown });`),
    ...pages,
  };
  for (const [path, answer] of Object.entries(answers)) {
    await page.route((url) => url.origin === origin && url.pathname === path, (route) => route.fulfill(answer));
  }
}

/** A file of the package, as an answer to a request. */
export const packed = (name) => ({ path: join(PKG, name), headers: { 'access-control-allow-origin': '*' } });

/** A strict page with our SDK in it, not yet started; `agent.refused()` is what its policy kept from happening. */
export async function openStrict(t, { sandbox, browser }, { permissions = ['microphone'], profile, ...given } = {}) {
  const context = profile ?? await newProfile(t, browser);
  await context.grantPermissions(['local-network-access', ...permissions]);
  const page = await newTab(t, context);
  await page.addInitScript(watchPolicy);
  await routeStrict(page, sandbox.origin, given);
  await page.goto(`${sandbox.origin}/strict/`);
  await page.waitForFunction(() => typeof startSdk === 'function');
  const agent = new Agent(page);
  agent.refused = () => page.evaluate(() => violations);
  return agent;
}

/** Nothing was refused, and the console is empty. */
export async function nothingRefused(agent) {
  assert.deepEqual(await agent.refused(), []);
  assert.equal(await agent.page.said(), '');
}
