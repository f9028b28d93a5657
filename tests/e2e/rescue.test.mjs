import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { Agent, optionsFor, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();

// Stands between the bindings and the wasm, so that a call can end in the trap that a bug would cause.
function trapOnDemand() {
  const Real = WebAssembly.Instance;
  window.traps = 0;
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const exports = { ...new Real(module, imports).exports };
      const command = exports.core_command;
      exports.core_command = (...given) => {
        if (window.traps > 0) {
          window.traps -= 1;
          throw new WebAssembly.RuntimeError('unreachable');
        }
        return command(...given);
      };
      return { exports };
    }
  };
}

test('an abort of the wasm costs a moment, and a second one right after it stops the toolbar in words', async (t) => {
  const profile = await newProfile(t, shared.browser);
  const page = await newTab(t, profile, { allow: /unreachable/ });
  await page.addInitScript(trapOnDemand);
  await openTestPage(page, shared.sandbox.origin);
  const agent = new Agent(page);
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await agent.idle();

  const trap = () => page.evaluate(() => {
    window.traps = 1;
    return thrown(() => sdk.busy());
  });
  assert.deepEqual(await trap(), { isError: true, message: 'unreachable' });
  const { nowState } = await agent.event('Reconnect');
  assert.equal(nowState, 'Idle', 'the state is what it was');
  await agent.chipShows('就绪');
  assert.equal(await page.locator('agent-toolbar').count(), 1, 'one toolbar');
  await agent.idle();

  await trap();
  await agent.exception(/工具条短时间内两次出错/);
  assert.equal(await page.locator('agent-toolbar').count(), 0);
  assert.equal(await agent.call('isConnected'), false);
});
