import { until } from './until.mjs';

/** What has the focus in the page: the name of the act; of a field in a popover that of the popover; else the element's id. */
const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const popover = at?.closest('[data-pop]');
  return at?.dataset.act ?? (popover ? `in ${popover.dataset.pop}` : at?.id);
});

/** Waits until the focus is there. */
export const focusIs = (agent, where) => until(async () => await focused(agent.page) === where, { what: `the focus is on ${where}` })
  .catch(async (error) => { throw new Error(`${error.message}; it is on ${await focused(agent.page)}`, { cause: error }); });
