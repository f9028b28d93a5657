// A SIP message as text in JavaScript to what it says in short, in one Chromium: SoftPhoneSdk.parseMessage, and the parser of
// JsSIP, of which the same is read. Rounds of either in turn, each a loop without a turn for anyone else. Prints one line of JSON:
// messages a second of each (medians), and the median of the rounds' ratios (ours / peer).
//
//   node sip-beside-jssip.mjs [ROUNDS]
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../lib/browser.mjs';
import { PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { FIELD_COUNT, invite } from './sip-corpus.mjs';

const COUNT = 1_000;
const ROUNDS = Number(process.argv[2] ?? 15);
/** How many times faster than the peer we want to be. */
const GOAL = 10;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const { outputFiles: [{ text: parser }] } = await build({
  stdin: { contents: "import * as Parser from 'jssip/lib/Parser.js'; window.JsSipParser = Parser;", resolveDir: import.meta.dirname },
  bundle: true,
  format: 'iife',
  minify: true,
  write: false,
});
const texts = Array.from({ length: COUNT }, (_, at) => invite(at));
const site = await serve({ '/pkg/': PKG, '/bench/': join(import.meta.dirname, '/') });
const browser = await launch();
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => { console.error(error); process.exitCode = 1; });
  await page.route(`${site.origin}/jssip-parser.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: parser }));
  await page.goto(`${site.origin}/bench/sip-beside-jssip.html`);
  await page.evaluate((given) => prepare(given), texts);
  const [ours, theirs] = [await page.evaluate(() => read('ours')), await page.evaluate(() => read('jssip'))];
  assert.deepEqual(ours, theirs, 'both read the same');

  const speeds = { ours: [], jssip: [] };
  // The first round only warms up. Who begins changes with every round, so neither always follows the other.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const side of round % 2 ? ['ours', 'jssip'] : ['jssip', 'ours']) {
      const { milliseconds, sum } = await page.evaluate((name) => run(name), side);
      assert.equal(sum, COUNT * FIELD_COUNT, `${side} has read every message`);
      if (round > 0) speeds[side].push(COUNT / milliseconds * 1000);
    }
  }
  console.log(JSON.stringify({
    name: 'SIP text to summary, JsSIP',
    size: `${(Buffer.byteLength(texts[0]) / 1000).toFixed(1)} kB`,
    ours: Math.round(median(speeds.ours)),
    peer: Math.round(median(speeds.jssip)),
    ratio: median(speeds.ours.map((rate, round) => rate / speeds.jssip[round])),
    goal: GOAL,
  }));
} finally {
  await browser.close();
  await site.stop();
}
