// A SIP message as text in JavaScript to what it says in short, in one Chromium: SoftPhoneSdk.parseMessage, and the parsers of JsSIP
// and SIP.js, of which the same is read. Rounds of each in turn, each a loop without a turn for anyone else. Tells of each peer:
// messages a second of both (medians), and the median of the rounds' ratios (ours / peer).
//
//   node sip-parsers.mjs [ROUNDS]
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../lib/browser.mjs';
import { PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { FIELD_COUNT, invite } from './sip-corpus.mjs';
import { median, tell } from './told.mjs';

const COUNT = 1_000;
const ROUNDS = Number(process.argv[2] ?? 15);
const SIDES = ['ours', 'jssip', 'sipjs'];
/** How many times faster than these we want to be. */
const PEERS = { jssip: { name: 'JsSIP 3.13.8', goal: 10 }, sipjs: { name: 'SIP.js 0.21.2', goal: 10 } };

const { outputFiles: [{ text: parsers }] } = await build({
  stdin: {
    contents: `import * as JsSipParser from 'jssip/lib/Parser.js';
      import { Parser as SipJsParser } from 'sip.js/lib/core/index.js';
      Object.assign(window, { JsSipParser, SipJsParser });`,
    resolveDir: import.meta.dirname,
  },
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
  await page.route(`${site.origin}/parsers.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: parsers }));
  await page.goto(`${site.origin}/bench/sip-parsers.html`);
  await page.evaluate((given) => prepare(given), texts);
  const readBy = (side) => page.evaluate((name) => read(name), side);
  const ours = await readBy('ours');
  for (const peer of Object.keys(PEERS)) assert.deepEqual(await readBy(peer), ours, `${peer} reads the same`);

  const speeds = { ours: [], jssip: [], sipjs: [] };
  // The first round only warms up. Who begins changes with every round, so nobody always follows the same.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (let turn = 0; turn < SIDES.length; turn += 1) {
      const side = SIDES[(round + turn) % SIDES.length];
      const { milliseconds, sum } = await page.evaluate((name) => run(name), side);
      assert.equal(sum, COUNT * FIELD_COUNT, `${side} has read every message`);
      if (round > 0) speeds[side].push(COUNT / milliseconds * 1000);
    }
  }
  const size = `${(Buffer.byteLength(texts[0]) / 1000).toFixed(1)} kB`;
  for (const [peer, { name, goal }] of Object.entries(PEERS)) {
    tell({
      group: 'sip',
      what: { en: `text of an INVITE to what it says, ${size}`, 'zh-CN': `解析 INVITE 文本，${size}` },
      peer: name,
      unit: '/s',
      ours: Math.round(median(speeds.ours)),
      theirs: Math.round(median(speeds[peer])),
      ratio: median(speeds.ours.map((rate, round) => rate / speeds[peer][round])),
      goal,
    });
  }
} finally {
  await browser.close();
  await site.stop();
}
