import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ARGS, watchSockets } from './browser.mjs';
import { end, freePorts, printed, start } from './child.mjs';
import { CHROMIUM } from './paths.mjs';

/**
 * A browser as people have it, with one profile. The browsers that Playwright starts show every tab as if it were in front and
 * keep no page that was left; in this one a tab behind another is hidden, and may be frozen, and a page that is left may come back.
 */
export async function startPlainBrowser() {
  const folder = await mkdtemp(join(tmpdir(), 'plain-browser-'));
  const [port] = await freePorts(1);
  const child = start(CHROMIUM, [
    ...ARGS, '--headless', '--no-sandbox', '--no-default-browser-check', '--password-store=basic',
    `--user-data-dir=${folder}`, `--remote-debugging-port=${port}`, 'about:blank',
  ]);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await printed(child, (text) => text.includes('DevTools listening on'));
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    const [profile] = browser.contexts();
    profile.setDefaultTimeout(30_000);
    await profile.grantPermissions(['local-network-access']);
    await profile.addInitScript(watchSockets);
    const debug = await browser.newBrowserCDPSession();
    return {
      profile,
      stop: async () => {
        // Asked to, it ends its helpers as well, which would still write into the folder.
        await debug.send('Browser.close').catch(() => end(child));
        await child.ended;
        await remove();
      },
    };
  } catch (error) {
    await end(child);
    await remove();
    throw error;
  }
}
