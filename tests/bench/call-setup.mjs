// From the method that calls to the first packet of sound, in one page of one Chromium against one sandbox: SoftPhoneSdk, and
// JsSIP as it is documented. Calls of either in turn. Tells milliseconds of each (medians), and how many times
// as long the peer takes.
//
//   node call-setup.mjs [CALLS]
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../lib/browser.mjs';
import { jssip } from '../lib/phone-jssip.mjs';
import { startSandbox } from '../lib/sandbox.mjs';
import { median, tell } from './told.mjs';

const CALLS = Number(process.argv[2] ?? 20);
/** How many times as long the peer shall take at least. */
const GOAL = 1;

const script = await jssip();
const html = await readFile(join(import.meta.dirname, 'call-setup.html'), 'utf8');
const sandbox = await startSandbox();
const browser = await launch();
try {
  const context = await browser.newContext({ permissions: ['local-network-access', 'microphone'] });
  const page = await context.newPage();
  page.on('pageerror', (error) => { console.error(error); process.exitCode = 1; });
  await page.route(`${sandbox.origin}/jssip.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.route(`${sandbox.origin}/call-setup.html`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(`${sandbox.origin}/call-setup.html`);
  await page.evaluate((given) => registerBoth(given), { url: sandbox.sip, domain: 'sandbox.invalid' });

  const times = { ours: [], jssip: [] };
  // The first call of each only warms up. Who begins changes every time, so neither always follows the other.
  for (let at = 0; at <= CALLS; at += 1) {
    for (const side of at % 2 ? ['ours', 'jssip'] : ['jssip', 'ours']) {
      const milliseconds = await page.evaluate((name) => run(name), side);
      if (at > 0) times[side].push(milliseconds);
    }
  }
  const [ours, theirs] = [median(times.ours), median(times.jssip)];
  tell({
    group: 'calls',
    what: { en: `from call() to the first packet of sound, ${CALLS} calls`, 'zh-CN': `从 call() 到第一个语音包，${CALLS} 次呼叫` },
    peer: 'JsSIP 3.13.8',
    unit: 'ms',
    ours,
    theirs,
    ratio: theirs / ours,
    goal: GOAL,
  });
} finally {
  await browser.close();
  await sandbox.stop();
}
