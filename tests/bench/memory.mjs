// What a page holds after 100,000 events through an agent's socket to one listener, each side in a page of its own: objects of
// JavaScript, of the DOM, and memory behind them such as that of a wasm, after everything that nobody holds any more was thrown away.
//
//   node memory.mjs
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { launch } from '../lib/browser.mjs';
import { ORIGINAL_SDK, PKG, STOMPJS } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { bodies, frames } from './corpus.mjs';
import { median, tell } from './told.mjs';
import { openUnwatched } from './unwatched-page.mjs';

const EVENTS = 100_000;
const AT_ONCE = 1_000;
const ROUNDS = Math.min(3, Number(process.argv[2] ?? 3));
const PEERS = { original: { name: 'agent-sdk 1.1.65', goal: 1 }, stompjs: { name: '@stomp/stompjs 7.5.0' } };

const texts = frames(bodies(300, AT_ONCE, { queue: true }));
const site = await serve({
  '/pkg/': PKG,
  '/stompjs/': `${dirname(STOMPJS)}/`,
  '/bench/': join(import.meta.dirname, '/'),
  '/original.js': ORIGINAL_SDK,
});

/** Bytes that a page holds once it has done what it puts off: the original writes its log half a second after the last line. */
async function settled(page) {
  for (let last = Infinity; ;) {
    await setTimeout(1_000);
    const bytes = await page.heldBytes();
    if (bytes > last * 0.99) return bytes;
    last = bytes;
  }
}

/** MB that a page holds, before the events and after them. */
async function held(side) {
  const browser = await launch();
  try {
    const page = await openUnwatched(browser, `${site.origin}/bench/memory.html?${side}`);
    await page.evaluate((given) => prepare(given), texts);
    const before = await page.heldBytes();
    for (let told = 0; told < EVENTS; told += AT_ONCE) await page.evaluate(() => deliver());
    const heard = await page.evaluate(() => heard);
    if (heard !== EVENTS) throw new Error(`the listener of ${side} heard ${heard} events of ${EVENTS}`);
    return { before: before / 1e6, after: await settled(page) / 1e6 };
  } finally {
    await browser.close();
  }
}

try {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = {};
    for (const side of ['ours', ...Object.keys(PEERS)]) one[side] = await held(side);
    rounds.push(one);
  }
  const middle = (side, when) => median(rounds.map((round) => round[side][when]));
  for (const side of ['ours', ...Object.keys(PEERS)]) {
    console.log(`memory, ${side}: ${middle(side, 'before').toFixed(2)} MB before, ${middle(side, 'after').toFixed(2)} MB after ${EVENTS} events`);
  }
  for (const [side, { name, goal }] of Object.entries(PEERS)) {
    tell({
      group: 'memory',
      what: { en: `held by the page after ${EVENTS} events`, 'zh-CN': `${EVENTS} 个事件之后页面占用` },
      peer: name,
      unit: 'MB',
      ours: middle('ours', 'after'),
      theirs: middle(side, 'after'),
      ratio: middle(side, 'after') / middle('ours', 'after'),
      goal,
    });
  }
} finally {
  await site.stop();
}
