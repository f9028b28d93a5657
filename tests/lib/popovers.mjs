import assert from 'node:assert/strict';
import { until } from './until.mjs';

/** Gives the toolbar this width, and waits until whoever follows that has: it is told when a frame is drawn. */
export const resize = (page, width) => page.evaluate(async (to) => {
  document.getElementById('toolbar').style.width = to;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}, width);

/** The controls in the bar that open something now. */
const openers = (agent) => agent.toolbar.locator('[part~=bar]').evaluate((bar) => [...bar.querySelectorAll('button[aria-expanded]')]
  .filter((one) => one.getClientRects().length && one.getAttribute('aria-disabled') !== 'true' && !one.closest('.pop'))
  .map((one) => one.dataset.act));

/** Opens one after the other everything that can be opened from the bar, and has `look` look at it; `skip` says by its name what not. */
export async function eachPopover(agent, look, skip = () => false) {
  for (const name of await openers(agent)) {
    if (skip(name)) continue;
    const opener = agent.toolbar.locator(`[part~=bar] button[data-act=${name}]:visible`).first();
    const popover = agent.toolbar.locator(`[data-pop=${name}]`);
    await opener.evaluate((one) => one.click());
    await popover.waitFor();
    // What has the focus there gets it when the popover stands in its place.
    await until(async () => {
      const [inPlace] = await popover.evaluateAll((all) => all.map((one) => !one.showPopover || one.matches(':popover-open')));
      assert.notEqual(inPlace, undefined, `${name} has closed by itself`);
      return inPlace;
    }, { what: `${name} is in its place` });
    await look(name, popover);
    await opener.evaluate((one) => { if (one.getAttribute('aria-expanded') === 'true') one.click(); });
    await popover.waitFor({ state: 'detached' });
  }
}
