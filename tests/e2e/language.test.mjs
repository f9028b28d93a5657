import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();
const FOLDER = new URL('../../crates/agent/languages/', import.meta.url);
const NAMES = readdirSync(FOLDER).map((file) => readFileSync(new URL(file, FOLDER), 'utf8').match(/^NAME = (.+)$/m)[1]);
const CHINESE = /\p{Script=Han}/u;

test('the toolbar speaks English where the page asks for it', async (t) => {
  const agent = await logIn(t, shared, { more: { lang: 'en' } });
  await agent.toolbar.getByRole('toolbar', { name: 'Agent toolbar' }).waitFor();
  await agent.idle();
  await agent.chipShows('Ready');

  await agent.dial('13800138000');
  await agent.event('Conversation');
  await agent.chipShows('In call');
  assert.match(await agent.hangUp.textContent(), /Hang up/);
  assert.doesNotMatch(await agent.chip.textContent(), CHINESE);
});

test('the toolbar speaks Chinese where the page asks for nothing', async (t) => {
  const agent = await logIn(t, shared);
  await agent.toolbar.getByRole('toolbar', { name: '座席工具条' }).waitFor();
  await agent.idle();
  await agent.dial('13800138000');
  await agent.chipShows('通话中');
  assert.match(await agent.hangUp.textContent(), /挂断/);
});

test('the nearest language is spoken, whatever the page calls it, and told to readers', async (t) => {
  const agent = await logIn(t, shared, { more: { lang: 'en-GB' } });
  await agent.idle();
  const spoken = () => agent.toolbar.locator('[lang]').first().evaluate(({ lang, dir }) => [lang, dir]);
  await agent.chipShows('Ready');
  assert.deepEqual(await spoken(), ['en', 'ltr']);
  for (const [asked, tag, ready] of [
    ['zh', 'zh-CN', '就绪'],
    ['EN_us', 'en', 'Ready'],
    ['zh-Hant-TW', 'zh-CN', '就绪'],
    ['en', 'en', 'Ready'],
    ['tlh', 'zh-CN', '就绪'],
    ['english', 'zh-CN', '就绪'],
  ]) {
    await agent.call('setLang', asked);
    await agent.chipShows(ready);
    assert.deepEqual(await spoken(), [tag, 'ltr'], asked);
  }
});

test('the agent chooses among the languages that there are, each by its own name', async (t) => {
  const agent = await logIn(t, shared, { more: { lang: 'en' } });
  await agent.idle();
  await agent.chipShows('Ready');
  await agent.toolbar.locator('[data-act=more]').press('Enter');
  await agent.toolbar.locator('[role=menu] [data-act=settings]').press('Enter');
  const choices = agent.toolbar.locator('[data-choice=lang] button');
  await choices.first().waitFor();
  const told = (await choices.allTextContents()).sort();
  assert.deepEqual(told, NAMES.sort());
  assert.ok(told.includes('English') && told.includes('中文'));
  await choices.first().click();
  await agent.chipShows('就绪');
});
