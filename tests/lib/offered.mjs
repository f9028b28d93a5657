/**
 * What the toolbar offers when it is as wide as this: the controls that are seen in the bar, those of its menu More, and those
 * of the state chip's menu. Each with whether it can be pressed, and whether it is.
 */
export const offered = (agent, width) => agent.page.evaluate(async (px) => {
  document.getElementById('toolbar').style.width = `${px}px`;
  const root = document.querySelector('agent-toolbar').shadowRoot;
  const bar = root.querySelector('[part~=bar]');
  const one = (element) => ({
    act: element.dataset.act,
    enabled: element.getAttribute('aria-disabled') !== 'true',
    pressed: element.getAttribute('aria-pressed') === 'true',
  });
  const isSeen = (element) => element.getClientRects().length > 0;

  async function menu(opener, name) {
    const drawn = () => root.querySelector(`[data-pop=${name}] [data-act]`);
    opener.click();
    // Menus are in the part, which may still be on its way.
    for (let task = 0; task < 500 && !drawn(); task += 1) await new Promise((next) => { setTimeout(next, 20); });
    const items = [...root.querySelectorAll(`[data-pop=${name}] [data-act]`)].map(one);
    if (opener.getAttribute('aria-expanded') === 'true') opener.click();
    return items;
  }

  const chip = bar.querySelector('[data-act=state]');
  const more = bar.querySelector('[data-act=more]');
  return {
    bar: [...bar.querySelectorAll('[data-act]')].filter((element) => isSeen(element) && !element.closest('.pop')).map(one),
    more: isSeen(more) ? await menu(more, 'more') : [],
    states: isSeen(chip) && chip.getAttribute('aria-haspopup') ? await menu(chip, 'state') : [],
  };
}, width);
