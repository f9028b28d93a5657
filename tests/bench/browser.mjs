// From the text of a WebSocket message to the listener, in one Chromium: our SDK, and @stomp/stompjs with JSON.parse and a plain
// emitter. Tells of each size: messages a second of each (medians), and the median of the rounds' ratios (ours / peer).
//
//   node browser.mjs [ROUNDS]
import { dirname, join } from 'node:path';
import { launch } from '../lib/browser.mjs';
import { PKG, STOMPJS } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { bodies, frames, SIZES } from './corpus.mjs';
import { median, tell } from './told.mjs';

const COUNT = 5_000;
const ROUNDS = Number(process.argv[2] ?? 15);
/** How many times faster than the peer we want to be. */
const GOAL = 2;

const site = await serve({
  '/pkg/': PKG,
  '/stompjs/': `${dirname(STOMPJS)}/`,
  '/bench/': join(import.meta.dirname, '/'),
});
const browser = await launch();
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => { console.error(error); process.exitCode = 1; });
  await page.goto(`${site.origin}/bench/browser.html`);
  await page.evaluate(() => connectBoth());
  for (const size of SIZES) {
    await page.evaluate((texts) => prepare(texts), frames(bodies(size, COUNT, { queue: true })));
    const speeds = { ours: [], peer: [] };
    // The first round only warms up. Who begins changes with every round, so neither always follows the other.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const side of round % 2 ? ['ours', 'peer'] : ['peer', 'ours']) {
        const milliseconds = await page.evaluate((name) => run(name), side);
        if (round > 0) speeds[side].push(COUNT / milliseconds * 1000);
      }
    }
    tell({
      group: 'events',
      what: { en: `socket text to listener, ${size} B`, 'zh-CN': `从套接字文本到监听者，${size} B` },
      peer: '@stomp/stompjs 7.5.0',
      unit: '/s',
      ours: Math.round(median(speeds.ours)),
      theirs: Math.round(median(speeds.peer)),
      ratio: median(speeds.ours.map((ours, round) => ours / speeds.peer[round])),
      goal: GOAL,
    });
  }
} finally {
  await browser.close();
  await site.stop();
}
