// A whole shift in pages whose policy allows next to nothing: nothing is refused, and the console stays empty.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, optionsFor, withSandbox } from '../lib/agent.mjs';
import { OWN_SOUND } from '../lib/phone-tones.mjs';
import { eachPopover } from '../lib/popovers.mjs';
import { nothingRefused, openStrict, POLICIES } from '../lib/strict-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800138000';

const act = (agent, name) => agent.toolbar.locator(`[part~=bar] [data-act=${name}]:visible`).first();

/** Opens all that can be opened from the bar; gives the names. */
async function openAll(agent) {
  const opened = [];
  await eachPopover(agent, (name) => { opened.push(name); });
  return opened;
}

/** Whether the page plays its ring tone: the sound of its own making. */
const rings = (agent) => agent.page.evaluate((label) => [...document.querySelectorAll('audio')]
  .some(({ paused, currentTime, srcObject }) => !paused && currentTime > 0 && srcObject?.getAudioTracks()[0].label === label), OWN_SOUND);

const heardBy = async (number) => (await shared.sandbox.state()).calls.flatMap(({ parties }) => parties).find(({ who }) => who === number)?.hears ?? [];

for (const build of ['script', 'module']) {
  for (const [name, policy] of Object.entries(POLICIES)) {
    test(`an agent's shift goes its way in a page with the policy "${name}" and the ${build}`, async (t) => {
      const agent = await openStrict(t, shared, { policy, build, permissions: ['microphone', 'notifications'] });
      await agent.start(optionsFor(shared.sandbox, { loginType: 3, notifications: true, theme: 'dark' }));
      await agent.event('Login');
      await until(() => agent.call('isRegistered'), { what: 'the phone is registered' });
      await agent.idle();
      await agent.chipShows('就绪');
      assert.ok((await openAll(agent)).length > 2);

      // Nobody sees the page: it says itself that somebody calls.
      await agent.page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      });
      const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
      await until(() => rings(agent), { what: 'it rings' });
      await until(async () => /138/.test(await agent.page.title()), { what: 'the title says who calls' });
      await agent.page.evaluate(() => delete document.hidden);
      await agent.press(act(agent, 'answer'), async () => (await agent.values('Conversation')).length > 0);
      await until(async () => (await heardBy('1001')).includes(CUSTOMER) && (await heardBy(CUSTOMER)).includes('1001'), { what: 'both are heard' });
      assert.equal(await rings(agent), false);
      assert.ok((await openAll(agent)).includes('transfer'));
      await agent.press(act(agent, 'hold'), async () => (await agent.call('snapshot')).call?.held);
      await agent.press(act(agent, 'hold'), async () => !(await agent.call('snapshot')).call?.held);
      await shared.sandbox.hangUp(callId);
      await agent.event('After');
      await openAll(agent);
      await agent.idle();

      for (const [panel, title] of [['settings', '设置'], ['link', '连接与设备']]) {
        await agent.call('openPanel', panel);
        const dialog = agent.toolbar.getByRole('dialog', { name: title });
        await dialog.waitFor();
        if (panel === 'link') {
          await dialog.locator('[data-act=testCall]').press('Enter');
          await dialog.locator('[data-part=network]').waitFor();
          const download = agent.page.waitForEvent('download');
          await dialog.locator('[data-act=saveLog]').press('Enter');
          assert.match((await download).suggestedFilename(), /\.jsonl$/);
        }
        await agent.call('closePanel');
        await dialog.waitFor({ state: 'detached' });
      }
      await nothingRefused(agent);
    });

    test(`a supervisor's wall lists agents in a page with the policy "${name}" and the ${build}`, async (t) => {
      await logIn(t, shared, { more: { agentNumber: '1002' } });
      const agent = await openStrict(t, shared, { policy, build });
      await agent.start(optionsFor(shared.sandbox, { agentNumber: '1000' }));
      await agent.event('Login');
      await agent.idle();
      await agent.call('openPanel', 'wall');
      const wall = agent.toolbar.locator('[data-pop=wall]');
      await wall.locator('.scroller [role=row]:visible').first().waitFor();
      assert.ok(await wall.locator('.scroller [role=row] svg path').count() > 0, 'with their icons');
      await nothingRefused(agent);
    });
  }
}
