// From the text of a WebSocket message to the listener, in one Chromium: our SDK, and @stomp/stompjs with JSON.parse and a plain
// emitter. Prints one line of JSON a size: messages a second of each (medians), and the median of the rounds' ratios (ours / peer).
//
//   node browser.mjs [ROUNDS]
import { dirname, join } from 'node:path';
import { launch } from '../lib/browser.mjs';
import { PKG, STOMPJS } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { bodies, frames, SIZES } from './corpus.mjs';

const COUNT = 5_000;
const ROUNDS = Number(process.argv[2] ?? 15);
/** How many times faster than the peer we want to be. */
const GOAL = 2;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

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
    console.log(JSON.stringify({
      name: 'socket text to listener',
      size,
      ours: Math.round(median(speeds.ours)),
      peer: Math.round(median(speeds.peer)),
      ratio: median(speeds.ours.map((ours, round) => ours / speeds.peer[round])),
      goal: GOAL,
    }));
  }
} finally {
  await browser.close();
  await site.stop();
}
