import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { examples, fits, openDesk, promised } from '../lib/examples.mjs';
import { until } from '../lib/until.mjs';

/** How many run side by side, each against a sandbox of its own. */
const DESKS = 4;

const all = await examples();
const only = process.env.EXAMPLES && new RegExp(process.env.EXAMPLES);
const chosen = all.filter(({ name }) => !only || only.test(name));

/** Runs an example by its button, and gives what it shows once it has shown all that it promises. */
async function play(tab, name, count) {
  const figure = tab.locator(`figure[data-example="${name}"]`);
  await figure.locator('.example-run').click();
  const shown = () => figure.evaluate((one) => ({
    state: one.dataset.state,
    lines: [...one.querySelectorAll('.example-lines > li')].map((line) => line.textContent),
    over: !one.querySelector('iframe'),
  }));
  let last;
  await until(async () => {
    last = await shown();
    return last.state === 'failed' || (last.state === 'done' && (last.over || last.lines.length >= count));
  }, { what: `the end of ${name}`, bound: 45_000 }).catch((error) => { throw new Error(`${error.message}: ${JSON.stringify(last)}`); });
  const stop = figure.getByText('Stop');
  if (await stop.isVisible()) await stop.click();
  return last;
}

describe('every example shows what it says it shows', { concurrency: DESKS }, () => {
  let browser;
  const desks = [];
  const free = [];
  before(async () => {
    browser = await launch();
    desks.push(...await Promise.all(Array.from({ length: Math.min(DESKS, chosen.length) }, () => openDesk(browser, all))));
    free.push(...desks);
  });
  after(async () => {
    await browser?.close();
    await Promise.all(desks.map(({ sandbox }) => sandbox.stop()));
  });

  for (const { name, text } of chosen) {
    it(name, async () => {
      const place = free.pop();
      try {
        const promises = promised(text);
        assert.notEqual(promises.length, 0, 'it shows something');
        const { state, lines } = await play(place.tab, name, promises.length);
        const rest = lines.filter((line, at) => promises[at] === undefined || !fits(line, promises[at]));
        assert.deepEqual(rest, [], `${name} (${state}) showed\n${lines.join('\n')}\nand promises\n${promises.join('\n')}`);
        assert.equal(state, 'done');
        assert.equal(lines.length, promises.length);
      } finally {
        free.push(place);
      }
    });
  }
});
