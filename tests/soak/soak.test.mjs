import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { launch, newProfile, newTab } from '../lib/browser.mjs';
import { PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';

const shared = {};

before(async () => {
  shared.site = await serve({
    '/pkg/': PKG,
    '/bench/': join(import.meta.dirname, '../bench/'),
    '/soak/': join(import.meta.dirname, '/'),
  });
  shared.browser = await launch();
});

after(async () => {
  await shared.browser?.close();
  await shared.site?.stop();
});

/** The page of this folder, and a session with the browser that reads what the page holds. */
async function open(t) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.goto(`${shared.site.origin}/soak/page.html`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return { page, session };
}

/** All that can be counted from outside, once nothing is left to be collected; `heap` is in bytes. */
async function held({ page, session }) {
  let last;
  return until(async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
    const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
    const counts = { nodes: metric('Nodes'), listeners: metric('JSEventListeners'), instances: await page.evaluate(() => living()) };
    const steady = isDeepStrictEqual(counts, last);
    last = counts;
    return steady && { ...counts, heap };
  }, { what: 'two collections in a row leave the same' });
}

/** Waits until the SDK holds no listener that was taken off. */
const guestsForgotten = ({ page, session }) => until(async () => {
  await session.send('HeapProfiler.collectGarbage');
  return await page.evaluate(() => guests.held) === 0;
}, { what: 'listeners that were taken off are collected' });

/** By then the list of calls that are kept is full: 500, two to each 400 messages. */
const EARLY = 100_000;
const ALL = 1_000_000;

/**
 * Bytes by which the heap may differ. What the browser compiles while the page runs lies in it too and comes late: 160 kB
 * were seen. Of objects it is room for one of the smallest, 12 bytes, at every twentieth message.
 */
const HEAP_TOLERANCE = 512 << 10;

test('a million messages leave no more behind than a hundred thousand', async (t) => {
  const tab = await open(t);
  const { page } = tab;
  // The record of what happened is meant to grow up to its limit; a test of its own holds it to that.
  await page.evaluate(() => startShift({ features: { record: false } }));
  await page.evaluate((messages) => work(messages), EARLY);
  await guestsForgotten(tab);
  const early = await held(tab);

  await page.evaluate((messages) => work(messages), ALL - EARLY);
  await guestsForgotten(tab);
  const late = await held(tab);

  const told = await page.evaluate(() => ({ sent, heard, guests: guests.told, expected: guests.expected }));
  assert.deepEqual(told.heard, told.sent, 'listeners that stay were told of every event once');
  assert.equal(told.guests, told.expected, 'listeners that come and go were told while they were there');

  t.diagnostic(`early ${JSON.stringify(early)}`);
  t.diagnostic(`late ${JSON.stringify(late)}`);
  const [earlyWasm] = early.instances;
  const [lateWasm] = late.instances;
  assert.ok(lateWasm.bytes <= earlyWasm.bytes, `the memory of the wasm grew from ${earlyWasm.bytes} to ${lateWasm.bytes} bytes`);
  assert.equal(lateWasm.objects, earlyWasm.objects, 'JavaScript objects that the wasm holds');
  assert.equal(late.nodes, early.nodes, 'nodes of the document');
  assert.equal(late.listeners, early.listeners, 'listeners of the browser\'s events');
  assert.ok(late.heap <= early.heap + HEAP_TOLERANCE, `the heap grew from ${early.heap} to ${late.heap} bytes`);
});

test('the record of what happened has its limit', async (t) => {
  const tab = await open(t);
  await tab.page.evaluate(() => startShift());
  // Without a limit these would be 100 MB: half a thousand characters each, of two bytes where one of them is Chinese.
  await tab.page.evaluate((messages) => work(messages), 100_000);
  const { heap } = await held(tab);
  t.diagnostic(`heap ${heap}`);
  assert.ok(heap < 64 << 20, `the heap has ${heap} bytes`);
});

test('two hundred new starts leave nothing of the old ones', async (t) => {
  const tab = await open(t);
  const startAgain = (times) => tab.page.evaluate(async (rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      await start();
      await sdk.request.idle();
    }
  }, times);
  const hasWorker = () => until(() => tab.page.workers().length === 1, { what: 'the worker that rings for heart-beats' });
  await startAgain(1);
  await hasWorker();
  const { heap: _, ...early } = await held(tab);

  await startAgain(200);
  await hasWorker();
  const { heap: __, ...late } = await held(tab);
  assert.deepEqual(late, early, 'nodes, listeners and wasm instances');
  assert.equal(late.instances.length, 1);
  assert.equal(tab.page.workers().length, 1, 'workers');
});
