import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { chromium, selectors } from 'playwright-core';
import { CHROMIUM, OUR_SDK, PAGE } from './paths.mjs';

export const ARGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  // Whatever a page or a package asks for, nothing beyond this machine is reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

// What the demo page marks for tests.
selectors.setTestIdAttribute('data-test');

export const launch = () => chromium.launch({ executablePath: CHROMIUM, headless: true, chromiumSandbox: false, args: ARGS });

/** A browser profile of its own: own storage, so an agent that logs in here has an own routing key. */
export async function newProfile(t, browser) {
  const context = await browser.newContext({
    // Wide enough that no control of the toolbar folds into its menu.
    viewport: { width: 1680, height: 900 },
    // A page that Playwright answers for has no address, and a page without one needs leave to connect to this machine.
    permissions: ['local-network-access'],
  });
  context.setDefaultTimeout(30_000);
  t.after(() => context.close());
  await context.addInitScript(watchSockets);
  return context;
}

/**
 * A tab of `profile`, watched: an error that no code of the page caught fails the test, unless its text matches `allow`.
 * `page.said` is all that the console showed.
 */
export async function newTab(t, profile, { allow } = {}) {
  const page = await profile.newPage();
  const uncaught = [];
  const said = [];
  page.on('pageerror', (error) => uncaught.push(error.message));
  page.on('console', (message) => {
    // What cannot leave the page, or goes in a circle, is not shown.
    said.push(Promise.all(message.args().map((arg) => arg.jsonValue()
      .then((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .catch(() => '')))
      .then((values) => [message.text(), ...values].join(' ')));
  });
  page.said = async () => (await Promise.all(said)).join('\n');
  t.after(() => assert.deepEqual(uncaught.filter((text) => !allow?.test(text)), [], 'errors nobody caught in the page'));
  return page;
}

/** Opens the page of the tests on `origin`, with this SDK in it. Both come from files, whatever the origin serves there. */
export async function openTestPage(page, origin, sdk = OUR_SDK) {
  // Our script finds the parts it loads later beside itself, so it keeps its own address.
  const address = sdk === OUR_SDK ? '/pkg/agent-toolbar.js' : '/original.js';
  const html = (await readFile(PAGE, 'utf8')).replace('/sdk.js', address);
  await page.route(`${origin}/tests.html`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.route(`${origin}/original.js`, (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', path: sdk }));
  await page.goto(`${origin}/tests.html`);
}

/** Runs in the page before its scripts: `sockets` lists every WebSocket the page has tried, with the text that went each way. */
export function watchSockets() {
  const sockets = [];
  window.sockets = sockets;
  window.WebSocket = class extends window.WebSocket {
    constructor(url, protocols) {
      super(url, protocols);
      this.record = { url: String(url), sent: [], received: [] };
      // Not among what a test reads of it outside the page.
      Object.defineProperty(this.record, 'isOpen', { get: () => this.readyState === this.OPEN });
      sockets.push(this.record);
      this.addEventListener('message', ({ data }) => this.record.received.push(String(data)));
    }

    send(data) {
      this.record.sent.push(typeof data === 'string' ? data : new TextDecoder().decode(data));
      super.send(data);
    }
  };
}
