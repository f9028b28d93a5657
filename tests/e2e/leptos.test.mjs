import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab } from '../lib/browser.mjs';
import { LEPTOS_CRM } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

/** The example app of `crates/leptos`, served as if the sandbox did. */
async function openApp(t, { search = '', allow } = {}) {
  const page = await newTab(t, await newProfile(t, shared.browser), { allow });
  const address = `${shared.sandbox.origin}/leptos/`;
  await page.route(`${address}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(LEPTOS_CRM, pathname.slice('/leptos/'.length) || 'index.html') });
  });
  await page.goto(address + search);
  return {
    page,
    bar: page.locator('agent-toolbar'),
    happened: (what) => page.locator('#happened li').filter({ hasText: what }).first().waitFor(),
  };
}

test('an app of Leptos shows the toolbar, and is told what happens as it happens', async (t) => {
  const { page, bar, happened } = await openApp(t);
  await happened('1001 is signed in');
  await happened('now Login');
  await bar.locator('[part~=chip]').waitFor();
  assert.equal(await bar.getAttribute('lang'), 'en');
  assert.equal(await bar.locator('[part~=bar]').getAttribute('aria-label'), 'Agent toolbar');
  await until(async () => await page.locator('#state').textContent() === 'resting', { what: 'the snapshot is at hand' });
});

test('a button of the app gives a command, and is told what came of it', async (t) => {
  const { page, happened } = await openApp(t);
  await page.locator('#ready:enabled').click();
  await happened('asked for it, and got Idle');
  await until(async () => await page.locator('#state').textContent() === 'ready', { what: 'the agent is ready' });
});

test('who calls is told to the app, its card stands in the toolbar, and its button follows what is allowed', async (t) => {
  const { page, bar, happened } = await openApp(t);
  await page.locator('#ready:enabled').click();
  await happened('now Idle');
  const callId = await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
  await happened('13912345678 calls');
  await page.locator('#ready:disabled').waitFor();
  const card = bar.locator('#card');
  await card.waitFor();
  assert.equal(await card.textContent(), 'Record of 13912345678');
  assert.equal(await card.evaluate((element) => element.closest('[slot]').assignedSlot?.name), 'customer-card');
  await shared.sandbox.hangUp(callId);
  await happened('over, cause');
});

test('what is wrong with the session is told to the app in words', async (t) => {
  const { happened } = await openApp(t, { search: '?agent=9999' });
  await happened('工号或密码错误');
});

test('with the component its session ends, and put back it begins anew', async (t) => {
  const { page, bar, happened } = await openApp(t);
  await happened('1001 is signed in');
  const states = async () => (await shared.sandbox.state()).agents.filter(({ agentNumber }) => agentNumber === '1001').map(({ nowState }) => nowState);
  const there = await states();
  await page.locator('#put').click();
  await bar.waitFor({ state: 'detached' });
  await until(async () => String(await states()) !== String(there), { what: 'the platform knows that the agent is gone' });
  await page.locator('#put').click();
  await until(async () => String(await states()) === String(there), { what: 'the agent is signed in again' });
});

test('put away during a call it lets the call go on, and ends after it', async (t) => {
  const { page, bar, happened } = await openApp(t);
  await page.locator('#ready:enabled').click();
  await happened('now Idle');
  const callId = await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
  await happened('now Conversation');
  const there = async () => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === '1001')?.nowState;
  await page.locator('#put').click();
  await bar.waitFor({ state: 'detached' });
  assert.equal(await there(), 'Conversation');
  await shared.sandbox.hangUp(callId);
  await until(async () => !['Conversation', 'After'].includes(await there()), { what: 'the agent is signed out' });
});
