import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

const NUMBER = '13800138000';
const WIDTHS = [320, 360, 419, 420, 480, 559, 560, 640, 719, 720, 800, 899, 900, 919, 920, 1000, 1119, 1120, 1280, 1399, 1400, 1680];

/** How an agent at rest comes into each state. */
const STATES = {
  ready: (broker) => broker.tell('Idle', { loginType: '1' }),
  'not ready': (broker) => broker.tell('Busy', { currentBusyType: '小休' }),
  locked: (broker) => broker.tell('Lock', null),
  'signed in elsewhere': (broker) => broker.tell('Kick', null),
};

/** The page is as wide as the toolbar. */
async function narrow(agent, width) {
  await agent.page.evaluate(() => { document.body.style.margin = 0; });
  await agent.page.setViewportSize({ width, height: 600 });
}

/** What sticks out of the bar, or is not in its middle. */
const misplaced = (agent) => agent.page.evaluate(() => {
  const bar = document.querySelector('agent-toolbar').shadowRoot.querySelector('[part=bar]');
  const { left, right, top, height } = bar.getBoundingClientRect();
  const found = bar.scrollWidth > bar.clientWidth ? ['the bar scrolls'] : [];
  for (const one of bar.querySelectorAll('button, .msg, .party, input')) {
    const box = one.getBoundingClientRect();
    if (!box.width || one.closest('.pop')) continue;
    const what = one.dataset.act ?? one.className;
    if (box.left < left || box.right > right + 0.5) found.push(`${what} sticks out`);
    if (Math.abs(box.top + box.height / 2 - top - height / 2) > 1) found.push(`${what} is not in the middle`);
  }
  return found;
});

const round = (agent) => agent.toolbar.locator('.u3[data-act=dial]');
const pad = (agent) => agent.toolbar.getByRole('dialog', { name: '呼叫' });

for (const [state, tell] of Object.entries(STATES)) {
  for (const lang of ['zh-CN', 'en']) {
    test(`nothing sticks out of the bar at any width: ${state}, ${lang}`, async (t) => {
      const { agent, broker } = await logInAtFake(t, shared, { more: { lang } });
      tell(broker);
      await agent.event('StateChange', { nth: 3 });
      for (const width of WIDTHS) {
        await narrow(agent, width);
        assert.deepEqual(await misplaced(agent), [], `${width} px`);
      }
    });
  }
}

test('a label that is folded is still the name of its button', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  broker.tell('Kick', null);
  await agent.toolbar.getByRole('button', { name: '在此登录' }).waitFor();
  for (const width of [320, 560, 1680]) {
    await narrow(agent, width);
    await agent.toolbar.getByRole('button', { name: '在此登录' }).waitFor();
    await agent.toolbar.getByRole('button', { name: '更多' }).waitFor();
  }
});

test('below 900 px a round button stands for the dial field, and its pad calls', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  await narrow(agent, 900);
  assert.deepEqual([await agent.dialField.isVisible(), await round(agent).isVisible()], [true, false]);
  await narrow(agent, 899);
  assert.deepEqual([await agent.dialField.isVisible(), await round(agent).isVisible()], [false, true]);

  await agent.press(round(agent), () => pad(agent).isVisible());
  for (const key of '138') await pad(agent).getByRole('button', { name: key, exact: true }).click();
  // Digits count wherever the focus is.
  await agent.page.keyboard.type('00138000');
  const field = pad(agent).locator('input[role=combobox]').first();
  assert.equal(await field.inputValue(), '138 0013 8000');
  await pad(agent).getByRole('button', { name: '呼叫', exact: true }).click();
  await agent.chipShows('通话中');
  assert.equal(requests(broker).find(({ request }) => request === 'makeCall').called, NUMBER);
  assert.equal(await pad(agent).count(), 0);
});

test('a number that is half typed in the pad stays when a call comes in', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  await narrow(agent, 600);
  await agent.press(round(agent), () => pad(agent).isVisible());
  await pad(agent).locator('input[role=combobox]').first().fill('138');
  broker.tell('AgentRinging', { callDirection: 1, caller: NUMBER, called: '1001', occCallId: 'call-1', callType: 'normal' });
  await agent.chipShows('来电');
  assert.equal(await pad(agent).locator('input[role=combobox]').first().inputValue(), '138');
});

test('a number is grouped while it is typed, and of a pasted one only what can be dialled is kept', async (t) => {
  const { agent, broker } = await logInAtFake(t, shared);
  await agent.idle();
  const { page, dialField } = agent;
  await dialField.focus();
  const typed = [];
  for (const key of NUMBER) {
    await page.keyboard.press(key);
    typed.push(await dialField.inputValue());
  }
  assert.deepEqual(typed, [
    '1', '13', '138', '138 0', '138 00', '138 001', '138 0013', '138 0013 8', '138 0013 80', '138 0013 800', '138 0013 8000',
  ]);
  // The caret stays behind the digit that it was behind.
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Backspace', '9']) await page.keyboard.press(key);
  assert.deepEqual(await dialField.evaluate(({ value, selectionStart }) => [value, selectionStart]), ['139 0013 8000', 3]);

  for (const [pasted, kept] of [
    ['tel: 138-0013-8000 (办公室)', '138 0013 8000'], ['＋86 ２１ 6100', '+86216100'], ['1002#', '1002#'], ['no number', ''],
  ]) {
    await dialField.fill(pasted);
    assert.equal(await dialField.inputValue(), kept, pasted);
  }
  await agent.dial('138 0013-8000');
  await until(() => requests(broker).some(({ request }) => request === 'makeCall'), { what: 'the call' });
  assert.equal(requests(broker).find(({ request }) => request === 'makeCall').called, NUMBER);
});
