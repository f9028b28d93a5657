import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();
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
