import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { Agent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { bringPhone } from '../lib/fake-phone.mjs';
import { phoneOptions } from '../lib/phone-agent.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

// Stands between the bindings and the wasm, so that the next call can end in the trap that a bug would cause. Which export
// that is does not matter, and their names are short in the package.
function trapOnDemand() {
  const Real = WebAssembly.Instance;
  window.traps = 0;
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const exports = { ...new Real(module, imports).exports };
      for (const [name, real] of Object.entries(exports)) {
        if (typeof real !== 'function') continue;
        exports[name] = (...given) => {
          if (window.traps > 0) {
            window.traps -= 1;
            throw new WebAssembly.RuntimeError('unreachable');
          }
          return real(...given);
        };
      }
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

test('an abort of the wasm leaves the agent\'s phone as it is, and the fresh instance goes on with it', async (t) => {
  const profile = await newProfile(t, shared.browser);
  const page = await newTab(t, profile, { allow: /unreachable/ });
  await page.addInitScript(trapOnDemand);
  await page.addInitScript(bringPhone);
  await openTestPage(page, shared.sandbox.origin);
  const agent = new Agent(page);
  await page.evaluate((given) => startSdk({ ...given, softPhoneFactory: FakePhone }), optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  await agent.idle();
  await page.evaluate(() => {
    window.traps = 1;
    return thrown(() => sdk.busy());
  });
  await agent.event('Reconnect');
  assert.deepEqual(await page.evaluate(() => told), ['made 0'], 'nobody ended it, and there is no other');
  assert.ok(await page.evaluate(() => sdk.getSoftPhoneInstance() === phones[0]));
  await page.evaluate(() => {
    phones[0].isRegistered = false;
    phones[0].happens('UnRegistered');
  });
  await agent.event('Busy');
});

test('a phone whose wasm aborts says so and registers anew, and a second time right after it stops', async (t) => {
  const profile = await newPhoneProfile(t, shared.browser);
  const page = await newTab(t, profile);
  await page.addInitScript(trapOnDemand);
  await openTestPage(page, shared.sandbox.origin);
  await page.evaluate((options) => {
    window.rung = [];
    window.phone = new SoftPhoneSdk(options);
    for (const name of ['Registered', 'UnRegistered', 'Exception']) phone.on(name, (value) => rung.push(value?.code ?? name));
  }, phoneOptions(shared.sandbox));
  const tells = (what, times = 1) => until(async () => (await page.evaluate(() => rung)).filter((one) => one === what).length === times, {
    what: `the phone tells ${what}, ${times} times`,
  });
  const trap = () => page.evaluate(() => {
    window.traps = 1;
    return thrown(() => phone.setAutoAnswer(true));
  });
  await tells('Registered');
  assert.deepEqual(await trap(), { isError: true, message: 'unreachable' });
  await tells('PHONE_CRASHED');
  await tells('Registered', 2);
  assert.equal(await page.evaluate(() => phone.isRegistered), true);
  await trap();
  await tells('PHONE_STOPPED');
  assert.equal(await page.evaluate(() => phone.isRegistered), false);
  await page.evaluate(() => phone.register());
  await tells('Registered', 3);
});
