// From the text of a WebSocket message through the whole SDK: ours and the original, agent-sdk 1.1.65, in one page of one Chromium.
// Both are logged in and draw no toolbar. The original runs as it is shipped, its lines to the console included, where nobody
// reads them; its log starts empty in every round, which is when it costs least. Tells of each case: messages a second
// of each (medians), and the median of the rounds' ratios (the original's time / ours).
//
//   node beside-original.mjs [ROUNDS]
import { join } from 'node:path';
import { launch } from '../lib/browser.mjs';
import { ORIGINAL_SDK, PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';
import { bodies, frames, surveillance } from './corpus.mjs';
import { median, tell } from './told.mjs';
import { openUnwatched } from './unwatched-page.mjs';

const ROUNDS = Number(process.argv[2] ?? 15);
const COUNT = 5_000;
const WATCHED = 1_000;
const LARGE_COUNT = 50;

const short = frames(bodies(300, COUNT, { queue: true }));
const large = frames(surveillance(LARGE_COUNT, WATCHED));
// `goal`: how many times faster than the original we want to be.
const CASES = [
  { what: { en: 'through the whole SDK to one listener, 300 B', 'zh-CN': '经过整个 SDK 到一个监听者，300 B' }, event: 'QueueInfo', texts: short, listened: true, goal: 2 },
  { what: { en: 'through the whole SDK, no listener, 300 B', 'zh-CN': '经过整个 SDK，没有监听者，300 B' }, event: 'QueueInfo', texts: short, listened: false, goal: 2 },
  {
    what: {
      en: `states of ${WATCHED} agents, no listener, ${Math.round(Buffer.byteLength(large[0]) / 1000)} kB`,
      'zh-CN': `${WATCHED} 名坐席的状态，没有监听者，${Math.round(Buffer.byteLength(large[0]) / 1000)} kB`,
    },
    event: 'Surveillance', texts: large, listened: false, goal: 4,
  },
];

/** One side's round; gives its milliseconds. */
async function round(page, side, heard) {
  await page.collectGarbage();
  const { milliseconds, count } = await page.evaluate((name) => run(name), side);
  if (count !== heard) throw new Error(`the listener of ${side} heard ${count} messages instead of ${heard}`);
  // Its timer has its turn now, so that what one round leaves is not in the next.
  if (side === 'original') await until(() => page.evaluate(() => takeLog()), { what: 'the original writes its log' });
  return milliseconds;
}

async function compare(page, { what, event, texts, listened, goal }) {
  await page.evaluate((given) => prepare(given), texts);
  const times = { ours: [], original: [] };
  const sides = Object.keys(times);
  const everyone = async (each) => { for (const side of sides) await each(side); };
  const listen = (side) => page.evaluate((which, name) => listen(which, name), side, event);
  const ignore = (side) => page.evaluate((which, name) => ignore(which, name), side, event);
  // Before anything is timed both show that they take in every message.
  await everyone(listen);
  await everyone((side) => round(page, side, texts.length));
  if (!listened) await everyone(ignore);
  // The first round warms up. Who begins changes with every round, so neither always follows the other.
  for (let at = 0; at <= ROUNDS; at += 1) {
    for (const side of at % 2 ? sides : sides.toReversed()) {
      const milliseconds = await round(page, side, listened ? texts.length : 0);
      if (at > 0) times[side].push(milliseconds);
    }
  }
  if (listened) await everyone(ignore);

  const speed = (side) => Math.round(texts.length / median(times[side]) * 1000);
  tell({
    group: 'events',
    what,
    peer: 'agent-sdk 1.1.65',
    unit: '/s',
    ours: speed('ours'),
    theirs: speed('original'),
    ratio: median(times.original.map((original, at) => original / times.ours[at])),
    goal,
  });
}

const site = await serve({
  '/pkg/': PKG,
  '/bench/': join(import.meta.dirname, '/'),
  '/original.js': ORIGINAL_SDK,
});
const browser = await launch();
try {
  const page = await openUnwatched(browser, `${site.origin}/bench/beside-original.html`);
  const [, version] = await page.evaluate(() => logInBoth());
  if (version !== '1.1.65') throw new Error(`the original is ${version}, not 1.1.65`);
  console.log(`beside agent-sdk 1.1.65, in one page without toolbars: rounds of ${COUNT} messages, of ${LARGE_COUNT} where they are large`);
  for (const each of CASES) await compare(page, each);
  const uncaught = await page.evaluate(() => uncaught);
  if (uncaught.length > 0) throw new Error(`errors nobody caught in the page: ${uncaught.join('; ')}`);
} finally {
  await browser.close();
  await site.stop();
}
