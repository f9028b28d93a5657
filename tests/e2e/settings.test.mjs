import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn } from '../lib/agent.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();
const CALL = { callDirection: 1, caller: '13800138000', called: '1001', occCallId: 'call-1', callType: 'normal' };

const office = () => ({ sandbox: shared.sandbox, browser: shared.browsers['1001'] });
const deskAgent = (t, more, where) => logIn(t, office(), { more, ...where });
const panelOf = (agent) => agent.toolbar.locator('[data-pop=settings]');

/** Opens the panel by the keyboard. */
async function opened(agent) {
  await agent.toolbar.locator('[data-act=more]').press('Enter');
  await agent.toolbar.locator('[role=menu] [data-act=settings]').press('Enter');
  const panel = panelOf(agent);
  await panel.waitFor();
  return panel;
}

/** What this browser keeps for the agent. */
const kept = (agent) => agent.page.evaluate(() => JSON.parse(localStorage.getItem('agent-toolbar/choices/demo\n1001') ?? '{}'));
const keeps = (agent, name, value) => until(async () => JSON.stringify((await kept(agent))[name]) === JSON.stringify(value), { what: `${name} is kept` });
const looks = (agent, name) => agent.page.evaluate((attribute) => document.querySelector('agent-toolbar').getAttribute(attribute), name);
const group = (panel, name) => panel.locator(`[data-choice=${name}]`);
const checked = (panel, name) => group(panel, name).locator('[aria-checked=true]').getAttribute('data-value');
const turn = (panel, name) => panel.locator(`[role=switch][data-act=${name}]`);
const key = (panel, name) => panel.locator(`[data-key=${name}]`);
const isOn = (locator, on) => until(async () => await locator.getAttribute('aria-checked') === String(on), { what: `it is ${on ? 'on' : 'off'}` });

test('theme and density are chosen by the keyboard, seen at once, and there after a reload', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  assert.equal(await panel.getAttribute('aria-label'), '设置');
  assert.equal(await checked(panel, 'theme'), 'auto');
  await group(panel, 'theme').locator('[aria-checked=true]').focus();
  await agent.page.keyboard.press('ArrowRight');
  await agent.page.keyboard.press('ArrowRight');
  assert.equal(await checked(panel, 'theme'), 'dark');
  assert.equal(await looks(agent, 'theme'), 'dark');
  await group(panel, 'density').locator('[data-value=compact]').click();
  assert.equal(await looks(agent, 'density'), 'compact');
  assert.deepEqual(await kept(agent), { theme: 'dark', density: 'compact' });

  const again = await deskAgent(t, {}, { profile: agent.page.context() });
  assert.equal(await looks(again, 'theme'), 'dark');
  const anew = await opened(again);
  assert.equal(await checked(anew, 'theme'), 'dark');
  assert.equal(await checked(anew, 'density'), 'compact');
});

test('the arrow keys go round, and one of several can be reached by Tab', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  await group(panel, 'theme').locator('[aria-checked=true]').press('ArrowLeft');
  assert.equal(await checked(panel, 'theme'), 'contrast');
  const stops = await group(panel, 'theme').locator('button').evaluateAll((all) => all.map((one) => one.tabIndex));
  assert.deepEqual(stops, [-1, -1, -1, 0]);
});

test('what the page has given is shown until the agent chooses', async (t) => {
  const agent = await deskAgent(t, { theme: 'light', density: 'compact', notifications: true });
  const panel = await opened(agent);
  assert.equal(await checked(panel, 'theme'), 'light');
  assert.equal(await checked(panel, 'density'), 'compact');
  await isOn(turn(panel, 'notifications'), true);
});

test('another language is spoken at once, in the panel as well', async (t) => {
  const agent = await deskAgent(t);
  await agent.idle();
  const panel = await opened(agent);
  await group(panel, 'lang').locator('[data-value=en]').click();
  await until(async () => /Settings/.test(await panel.textContent()), { what: 'the panel speaks English' });
  assert.equal(await checked(panel, 'lang'), 'en');
  await keeps(agent, 'lang', 'en');
  await agent.chipShows('Ready');
});

test('notifications are turned on and off for the agent', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  await isOn(turn(panel, 'notifications'), false);
  await turn(panel, 'notifications').press('Space');
  await isOn(turn(panel, 'notifications'), true);
  await keeps(agent, 'notifications', true);
  await turn(panel, 'notifications').click();
  await isOn(turn(panel, 'notifications'), false);
  await keeps(agent, 'notifications', false);
});

test('what the page has switched off is not offered', async (t) => {
  const agent = await deskAgent(t, { features: { notifications: false, shortcuts: false } });
  const panel = await opened(agent);
  await group(panel, 'theme').waitFor();
  for (const name of ['notifications', 'shortcuts']) assert.equal(await turn(panel, name).isVisible(), false, name);
});

/** An agent in a call with the panel open at the list of shortcuts. */
async function atKeys(t, more) {
  const { agent, broker } = await logInAtFake(t, office(), { more });
  await agent.idle();
  broker.tell('AgentRinging', CALL);
  broker.tell('Conversation', CALL);
  await agent.toolbar.locator('[data-act=hold]').waitFor();
  const panel = await opened(agent);
  await panel.locator('[data-act=changeShortcuts]').press('Enter');
  await key(panel, 'hold').waitFor();
  return { agent, broker, panel };
}

const named = (broker, name) => requests(broker).filter(({ request }) => request === name).length;
const says = (panel, name, text) => until(async () => (await key(panel, name).textContent()) === text, { what: `${name} is ${text}` });

test('a shortcut that the agent has changed counts at once, and the old one no longer', async (t) => {
  const { agent, broker, panel } = await atKeys(t);
  await says(panel, 'hold', 'H');
  await key(panel, 'hold').press('Enter');
  await says(panel, 'hold', '请按键');
  await agent.page.keyboard.press('Control+Alt+j');
  await says(panel, 'hold', 'Ctrl+Alt+J');
  await keeps(agent, 'shortcuts', { keys: { hold: 'Ctrl+Alt+J' } });
  await agent.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  const hold = agent.toolbar.locator('[data-act=hold]');
  await until(async () => await hold.getAttribute('aria-keyshortcuts') === 'Control+Alt+J', { what: 'the control says it' });
  await hold.focus();
  await agent.page.keyboard.press('h');
  await agent.page.keyboard.press('Control+Alt+j');
  await until(() => named(broker, 'hold') === 1, { what: 'it is held, once' });
});

test('keys that another act has are not taken, and one reads which', async (t) => {
  const { agent, panel } = await atKeys(t);
  await key(panel, 'hold').click();
  await agent.page.keyboard.press('m');
  await until(async () => (await panel.locator('.wrong').textContent()) === '已用于“静音”', { what: 'it says which act has them' });
  await says(panel, 'hold', '请按键');
  await agent.page.keyboard.press('Escape');
  await says(panel, 'hold', 'H');
  assert.equal(await panel.isVisible(), true, 'Escape has left the keys alone, not the panel');
  assert.deepEqual(await kept(agent), {});
});

test('keys are taken away, and all are as before again', async (t) => {
  const { agent, panel } = await atKeys(t);
  await key(panel, 'mute').click();
  await agent.page.keyboard.press('Backspace');
  await says(panel, 'mute', '无');
  await keeps(agent, 'shortcuts', { keys: { mute: '' } });
  await panel.locator('[data-act=restoreShortcuts]').click();
  await says(panel, 'mute', 'M');
  await keeps(agent, 'shortcuts', { keys: {} });
});

test('keys that move about are no shortcut', async (t) => {
  const { agent, panel } = await atKeys(t);
  await key(panel, 'hold').click();
  for (const pressed of ['ArrowDown', 'Enter', 'Shift']) await agent.page.keyboard.press(pressed);
  await says(panel, 'hold', '请按键');
  await agent.page.keyboard.press('Tab');
  await says(panel, 'hold', 'H');
});

test('shortcuts that are off do nothing until they are on again', async (t) => {
  const { agent, broker, panel } = await atKeys(t);
  await turn(panel, 'shortcuts').click();
  await isOn(turn(panel, 'shortcuts'), false);
  assert.equal(await key(panel, 'hold').isVisible(), false);
  await panel.locator('[data-act=close]').press('Enter');
  await panel.waitFor({ state: 'detached' });
  const hold = agent.toolbar.locator('[data-act=hold]');
  await until(async () => !(await hold.getAttribute('aria-keyshortcuts')), { what: 'the control names none' });
  await hold.focus();
  await agent.page.keyboard.press('h');
  const anew = await opened(agent);
  await turn(anew, 'shortcuts').click();
  await isOn(turn(anew, 'shortcuts'), true);
  await agent.page.keyboard.press('Escape');
  await hold.focus();
  await until(async () => await hold.getAttribute('aria-keyshortcuts') === 'H', { what: 'the control names it' });
  await agent.page.keyboard.press('h');
  await until(() => named(broker, 'hold') === 1, { what: 'it is held, once' });
});

test('shortcuts of the whole page are heard in it, and said to be', async (t) => {
  const { agent, broker, panel } = await atKeys(t, { shortcuts: { scope: 'page', keys: { hold: 'J' } } });
  await says(panel, 'hold', 'J');
  assert.match(await panel.textContent(), /在整个页面有效/);
  await agent.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await agent.page.evaluate(() => document.activeElement.blur());
  await agent.page.keyboard.press('j');
  await until(() => named(broker, 'hold') === 1, { what: 'it is held' });
});

test('without a browser phone nothing of a phone is offered', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  await group(panel, 'theme').waitFor();
  assert.equal(await panel.getByRole('combobox').count(), 0);
  assert.equal(await panel.getByRole('slider').count(), 0);
  assert.equal(await turn(panel, 'autoAnswer').isVisible(), false);
});

/** An agent with a phone, and the panel. */
async function withPhone(t) {
  const agent = await agentWithPhone(t, shared);
  return { agent, panel: await opened(agent) };
}

test('a phone answers by itself when the agent wants it to', async (t) => {
  const { agent, panel } = await withPhone(t);
  await isOn(turn(panel, 'autoAnswer'), false);
  await turn(panel, 'autoAnswer').press('Enter');
  await isOn(turn(panel, 'autoAnswer'), true);
  await keeps(agent, 'autoAnswer', 'true');
  await agent.idle();
  await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await agent.event('Conversation');
});

test('how loud it rings is chosen by the keyboard', async (t) => {
  const { agent, panel } = await withPhone(t);
  const slider = panel.getByRole('slider', { name: '铃声音量' });
  await until(async () => await slider.inputValue() === '100', { what: 'it rings as loud as it can' });
  await slider.press('ArrowLeft');
  await slider.press('ArrowLeft');
  await keeps(agent, 'ringVolume', '90');
  assert.equal(await agent.page.evaluate(() => phone.chosen.ringVolume), 0.9);
  assert.match(await panel.locator('.volume').textContent(), /90/);
});

test('another microphone, speaker and ringtone device count at once', async (t) => {
  const { agent, panel } = await withPhone(t);
  const kinds = { microphone: 'audioinput', speaker: 'audiooutput', ringDevice: 'audiooutput' };
  await agent.phone.does('getDevices');
  for (const [name, kind] of Object.entries(kinds)) {
    const list = group(panel, name);
    const there = await agent.page.evaluate((wanted) => phone.devices.filter((one) => one.kind === wanted && one.deviceId && one.deviceId !== 'default').map((one) => one.deviceId), kind);
    await until(async () => (await list.locator('option').count()) === there.length + 1, { what: `the ${name} list is full` });
    assert.equal(await list.inputValue(), '', 'the system chooses at first');
    if (!there.length) continue;
    await list.selectOption(there[0]);
    await until(() => agent.page.evaluate(([of, id]) => phone.chosen[of] === id, [name, there[0]]), { what: `the phone has the ${name}` });
    await keeps(agent, name, there[0]);
    assert.equal(await list.inputValue(), there[0]);
  }
});

test('a device that is not plugged in is said so', async (t) => {
  const { agent, panel } = await withPhone(t);
  await agent.phone.does('setSpeaker', 'a-headset-at-home');
  const list = group(panel, 'speaker');
  await until(async () => (await list.locator('option:checked').textContent()) === '未插上', { what: 'it says so' });
});

test('Escape closes the panel and the focus goes back', async (t) => {
  const agent = await deskAgent(t);
  const panel = await opened(agent);
  await group(panel, 'theme').locator('[aria-checked=true]').press('Escape');
  await panel.waitFor({ state: 'detached' });
  const more = agent.toolbar.locator('[data-act=more]');
  await until(() => more.evaluate((one) => one.getRootNode().activeElement === one), { what: 'the focus is back' });
});
