// A supervisor's wall of 10,000 agents while answers to `surveillance` come in, each with every twentieth agent changed: the main
// thread's time from the text of the message to painted rows. Ours, and a React table with a virtual list (wall-react.jsx), each in a
// page of its own of one Chromium, fed the same answers in turn. The time is what the browser's own trace says of the tasks of the
// page's main thread, so whatever a side puts off, and whatever it leaves to be cleared away, is its own. It is the thread's own time:
// what the machine does meanwhile for others is not in it.
//
//   node wall.mjs [ANSWERS]
//
// Tells the middle of all answers and the longest task: ms, and how many times as long React takes.
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../lib/browser.mjs';
import { PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { median, tell } from './told.mjs';

const ANSWERS = Number(process.argv[2] ?? 60);
const WARM_UP = 5;
const WATCHED = 5;
/** How many times as long as ours React's table shall take at least. */
const GOAL = 2;
const SIDES = ['react', 'ours'];

/** The React table as one script. */
async function bundle() {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [join(import.meta.dirname, 'wall-react.jsx')], bundle: true, minify: true, write: false, jsx: 'automatic', charset: 'utf8',
    target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' },
  });
  return text;
}

/** Has `run` done, and gives the tasks of the main thread for each answer, ms. */
async function traced(browser, run) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => { session.once('Tracing.tracingComplete', resolve); });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
  });
  await run();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const marks = events.filter(({ name }) => name.startsWith('wall:')).sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = marks;
  const tasks = events.filter((event) => event.pid === pid && event.tid === tid && event.tdur !== undefined && /RunTask$/.test(event.name));
  const begins = marks.filter(({ name }) => name === 'wall:begin');
  return begins.map(({ ts: begin }, at) => {
    const next = begins[at + 1]?.ts ?? Infinity;
    const end = marks.findLast(({ name, ts }) => name === 'wall:end' && ts < next).ts;
    // The task that begins is that in which the text arrives; the one that ends only sets the mark.
    const within = tasks.filter(({ ts, dur }) => ts + dur > begin && ts + dur < end).map(({ tdur }) => tdur / 1000);
    if (within.length === 0) throw new Error('the trace has no tasks of the main thread: nothing was measured');
    return { sum: within.reduce((sum, one) => sum + one, 0), longest: Math.max(...within) };
  });
}

const react = await bundle();
const site = await serve({ '/pkg/': PKG, '/bench/': join(import.meta.dirname, '/') });
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1680, height: 900 } });
  await context.route('**/wall-react.js', (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: react }));
  const pages = {};
  for (const side of SIDES) {
    const page = pages[side] = await context.newPage();
    page.on('pageerror', (error) => { console.error(error); process.exitCode = 1; });
    await page.goto(`${site.origin}/bench/wall.html`);
    await page.evaluate(([name, count]) => start(name, count), [side, WARM_UP]);
  }
  const spans = { ours: [], react: [] };
  // In turn, and another begins each time, so neither always follows the other.
  const turns = Math.min(6, ANSWERS);
  for (let at = 0; at < turns; at += 1) {
    const count = Math.floor((at + 1) * ANSWERS / turns) - Math.floor(at * ANSWERS / turns);
    for (const side of at % 2 ? SIDES : SIDES.toReversed()) {
      await pages[side].bringToFront();
      const more = await traced(browser, () => pages[side].evaluate((answers) => run(answers), count));
      if (more.length !== count) throw new Error(`the trace shows ${more.length} answers of ${count}`);
      spans[side].push(...more);
    }
  }
  const written = {};
  for (const side of SIDES) {
    await pages[side].bringToFront();
    const told = await pages[side].evaluate((answers) => writes(answers), WATCHED);
    const of = (what) => median(told.map((one) => one[what]));
    console.log(`${side}: ${of('rows')} rows in the page; 500 agents changed, ${of('all')} writes, ${of('outside')} to rows outside the view`);
    written[side] = Math.max(...told.map(({ outside }) => outside));
  }
  const figures = [
    [{ en: 'the middle of all answers', 'zh-CN': '全部应答的中位数' }, 'sum', median],
    [{ en: 'the longest task', 'zh-CN': '最长的任务' }, 'longest', (all) => Math.max(...all)],
  ];
  for (const [which, of, middle] of figures) {
    const [ours, theirs] = [spans.ours, spans.react].map((side) => middle(side.map((span) => span[of])));
    tell({
      group: 'wall',
      what: {
        en: `main thread for ${ANSWERS} answers of 10,000 agents, ${which.en}`,
        'zh-CN': `主线程处理 ${ANSWERS} 次 10,000 名坐席的应答，${which['zh-CN']}`,
      },
      peer: 'React 19.3.1 with @tanstack/react-virtual',
      unit: 'ms',
      ours,
      theirs,
      ratio: theirs / ours,
      goal: GOAL,
    });
  }
  if (written.ours > 0) throw new Error('rows outside the view were written to');
} finally {
  await browser.close();
  await site.stop();
}
