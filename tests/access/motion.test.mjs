import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake } from '../lib/fake-office.mjs';
import { withoutLink } from '../lib/links.mjs';
import { eachPopover } from '../lib/popovers.mjs';
import { STATES, reach } from '../lib/states.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** What moves in the toolbar now, or would as soon as it changes. */
const moving = (page) => page.evaluate(() => {
  const root = document.querySelector('agent-toolbar').shadowRoot;
  const running = root.getAnimations().map((one) => `${one.effect.target.className.baseVal ?? one.effect.target.className}: ${one.animationName ?? one.transitionProperty}`);
  const would = [...root.querySelectorAll('*')].filter((one) => ['', '::before', '::after'].some((part) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(one, part || null);
    const lasts = (durations) => durations.split(', ').some((duration) => parseFloat(duration) > 0);
    return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
  })).map((one) => `${one.tagName} ${one.getAttribute('class')}`);
  return [...new Set([...running, ...would])];
});

/** An agent who wants less motion, or all there is. */
async function agentWith(t, reducedMotion) {
  const office = await logInAtFake(t, shared, { says: { login: { agentType: 1 } }, more: { lang: 'en' } });
  await office.agent.page.emulateMedia({ reducedMotion });
  await office.agent.inFull();
  return office;
}

test('nothing moves for who wants less motion, in no state and no popover', async (t) => {
  const office = await agentWith(t, 'reduce');
  const { agent, broker } = office;
  const found = [];
  const look = async (what) => found.push(...(await moving(agent.page)).map((text) => `${what}: ${text}`));
  const seen = new Set();
  for (const what of Object.keys(STATES)) {
    const { agent: { situation } } = await reach(office, what);
    await look(what);
    await eachPopover(agent, (name) => look(`${what}, ${name}`), (name) => seen.has(`${name} ${situation}`) || !seen.add(`${name} ${situation}`));
  }
  await withoutLink(agent, broker, look);
  assert.deepEqual(found, []);
});

test('what is ringing moves for everybody else', async (t) => {
  const office = await agentWith(t, 'no-preference');
  await reach(office, 'a call comes in');
  await until(async () => (await moving(office.agent.page)).some((text) => /pulse|ring/.test(text)), { what: 'the pulse' });
});

test('a ring that stands still is seen all the same', async (t) => {
  const office = await agentWith(t, 'reduce');
  await reach(office, 'a call comes in');
  const still = await office.agent.toolbar.locator('.pulse').first().evaluate((one) => {
    const { opacity, transform } = getComputedStyle(one, '::after');
    return { opacity: Number(opacity), transform };
  });
  assert.ok(still.opacity > 0.2, `${still.opacity}`);
  assert.notEqual(still.transform, 'none');
});
