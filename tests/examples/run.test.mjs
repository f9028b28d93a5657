import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { examples, fits, promised, wrapped } from '../lib/examples.mjs';
import { startSandbox } from '../lib/sandbox.mjs';
import { until } from '../lib/until.mjs';

// What the site promises strict pages.
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** How many run side by side, each against a sandbox of its own. */
const DESKS = 4;

const all = await examples();
const only = process.env.EXAMPLES && new RegExp(process.env.EXAMPLES);
const chosen = all.filter(({ name }) => !only || only.test(name));
const page = (lang, figures) => `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Examples</title>
${figures.map(({ name, text }) => `<figure class="example" data-example="${name}"><pre><code>${text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`)}</code></pre></figure>`).join('\n')}
<script type="module" src="../site/run.js"></script></html>`;

/** A page with all examples in it, at a sandbox that nobody else uses. */
async function desk(browser) {
  const sandbox = await startSandbox();
  const profile = await browser.newContext({ permissions: ['local-network-access', 'microphone'] });
  const tab = await profile.newPage();
  await tab.route(`${sandbox.origin}/docs/*.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': POLICY },
    body: page(new URL(route.request().url()).pathname.includes('zh') ? 'zh-CN' : 'en', all),
  }));
  for (const { name, text } of all) {
    const body = await wrapped(text);
    await tab.route(`${sandbox.origin}/docs/examples/${name}.js`, (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body }));
  }
  await tab.goto(`${sandbox.origin}/docs/en.html`);
  return { sandbox, tab };
}

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
    desks.push(...await Promise.all(Array.from({ length: Math.min(DESKS, chosen.length) }, () => desk(browser))));
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
