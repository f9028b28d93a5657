// How long a toolbar takes to be there, on a page that is opened as that of a CRM is: a real load of a page in a tab of its own whose
// HTML has the script tag, in a browser whose caches on disk have the script and, after some loads, the code that V8 made of it. Ours
// and the original, agent-sdk 1.1.65, in turn, beside the same network that stands in the page.
//
// Begins just before the script tag, by the page's own clock, so that nothing of this program is in it. `stands`: `new AgentSdk` has
// drawn a button that is laid out, is met in its middle, and whose listener answers a press. `signedIn`: the agent is
// signed in and what changes the state is met in its middle. Both in a fresh renderer, as when the CRM is opened, which is what counts; and on the page
// that follows in the same renderer, whose memory still has much of it.
//
//   node start.mjs [ROUNDS]
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../lib/browser.mjs';
import { ORIGINAL_DIST, ORIGINAL_SDK, PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';
import { median, tell } from './told.mjs';
import { openUnwatched } from './unwatched-page.mjs';

// One load may take half as long again as the next: it takes many for the middle of them to hold.
const ROUNDS = Number(process.argv[2] ?? 45);
// A browser keeps a script's code when it has run twice, and then has to use it once.
const WARM_UP = 4;
const GOAL = 1;
const SIDES = { ours: '/pkg/agent-toolbar.js', original: ORIGINAL_SDK.replace(ORIGINAL_DIST, '/original/') };
const LOADS = {
  opened: { en: 'in a fresh renderer', 'zh-CN': '新的渲染进程' },
  followed: { en: 'in the same renderer', 'zh-CN': '同一渲染进程' },
};
const STEPS = {
  stands: { en: 'script tag to a toolbar that takes a press', 'zh-CN': '从 script 标签到可以点按的工具条' },
  signedIn: { en: 'script tag to a signed-in toolbar whose states can be pressed', 'zh-CN': '从 script 标签到已签入、可切换状态的工具条' },
};

/** What a page has measured, or why it has not. */
async function measured(page) {
  const { times, uncaught } = await until(
    // It may be loading again.
    () => page.look(() => (window.times || window.uncaught?.length ? { times: window.times, uncaught: window.uncaught } : undefined)),
    { what: 'the page has measured' },
  );
  if (uncaught.length > 0) throw new Error(`errors nobody caught in the page: ${uncaught.join('; ')}`);
  return times;
}

const pages = await mkdtemp(join(tmpdir(), 'start-bench-'));
const html = await readFile(join(import.meta.dirname, 'start.html'), 'utf8');
for (const [side, src] of Object.entries(SIDES)) await writeFile(join(pages, `${side}.html`), html.replace('/toolbar.js', src));
const site = await serve({
  '/pkg/': PKG,
  '/bench/': join(import.meta.dirname, '/'),
  '/original/': ORIGINAL_DIST,
  '/pages/': join(pages, '/'),
}, { headers: () => ({ 'cache-control': 'max-age=86400' }) });
const browser = await launch();
try {
  const rounds = [];
  for (let at = 0; at < WARM_UP + ROUNDS; at += 1) {
    const round = {};
    const sides = Object.keys(SIDES);
    // Who begins changes with every round.
    for (const side of at % 2 ? sides : sides.reverse()) {
      const address = `${site.origin}/pages/${side}.html?${side}`;
      const page = await openUnwatched(browser, address, { ofProfile: true });
      const opened = await measured(page);
      await page.evaluate(() => {
        delete window.times;
        setTimeout(() => location.reload());
      });
      const followed = await measured(page);
      await page.close();
      round[side] = { opened, followed };
    }
    if (at >= WARM_UP) rounds.push(round);
  }
  for (const [load, where] of Object.entries(LOADS)) {
    const middle = (side, step) => median(rounds.map((round) => round[side][load][step]));
    const said = Object.keys(SIDES).map((side) => {
      const steps = ['run', 'stands', 'signedIn'].map((step) => `${step} ${middle(side, step).toFixed(1)}`);
      return `${side} ${steps.join(', ')} (its tag ${middle(side, 'began').toFixed(1)} after the address)`;
    });
    console.log(`start ${where.en}, ms after the script tag: ${said.join('; ')}`);
    for (const [step, name] of Object.entries(STEPS)) {
      tell({
        group: 'start',
        what: { en: `${name.en}, ${where.en}`, 'zh-CN': `${name['zh-CN']}，${where['zh-CN']}` },
        peer: 'agent-sdk 1.1.65',
        unit: 'ms',
        ours: middle('ours', step),
        theirs: middle('original', step),
        ratio: median(rounds.map(({ ours, original }) => original[load][step] / ours[load][step])),
        goal: GOAL,
      });
    }
  }
} finally {
  await browser.close();
  await site.stop();
  await rm(pages, { recursive: true });
}
