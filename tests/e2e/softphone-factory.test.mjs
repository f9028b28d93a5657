import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

test('without a factory it is our own phone, also where the page has taken its name away', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(() => {
    window.Own = SoftPhoneSdk;
    delete window.SoftPhoneSdk;
  });
  await agent.start(optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  assert.ok(await agent.page.evaluate(() => sdk.getSoftPhoneInstance() instanceof Own));
});

test('a phone that the page brought under the name of ours is the one that is used', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate(() => {
    window.SoftPhoneSdk = class {
      isRegistered = true;
      on() {}
      stop() {}
    };
  });
  await agent.start(optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  assert.ok(await agent.page.evaluate(() => sdk.getSoftPhoneInstance() instanceof SoftPhoneSdk));
});

test('a given factory gets the account that came with the login', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((options) => {
    window.phones = [];
    class FakePhone {
      constructor(given) {
        this.given = given;
        this.isRegistered = false;
        this.autoAnswer = null;
        this.listeners = {};
        phones.push(this);
      }
      on(name, listener) { (this.listeners[name] ??= []).push(listener); }
      once(name, listener) { this.on(name, listener); }
      setAutoAnswer(yes) { this.autoAnswer = yes; }
      register() {}
      answer() {}
      stop() {}
      unregister() {}
      disconnect() {}
    }
    startSdk({ ...options, softPhoneFactory: FakePhone });
  }, optionsFor(shared.sandbox, { loginType: 3, autoAnswer: true }));
  await agent.event('Login');
  await until(() => agent.page.evaluate(() => phones.length > 0), { what: 'the factory is used' });

  const [phone, ...more] = await agent.page.evaluate(() => phones.map(({ given, autoAnswer }) => ({
    given: JSON.parse(JSON.stringify(given)), autoAnswer,
  })));
  assert.deepEqual(more, []);
  const { wss, wssport, domain, account, password } = phone.given;
  assert.deepEqual({ domain, account, password }, { domain: 'sandbox.invalid', account: 'w21001', password: 'sip-1001' });
  assert.match(wss, /127\.0\.0\.1/);
  assert.ok(Number(wssport) > 0, `wssport ${wssport}`);
  assert.equal(phone.autoAnswer, true);

  const idle = () => agent.page.evaluate(() => thrown(() => sdk.idle()));
  assert.deepEqual(await idle(), { isError: true, message: '当前话机未注册' });
  await agent.page.evaluate(() => {
    phones[0].isRegistered = true;
    for (const listener of phones[0].listeners.Registered ?? []) listener();
  });
  assert.equal(await idle(), null);
  await agent.event('Idle');
  assert.equal((await agent.values('Exception')).length, 1, 'only the refused idle');
});

test('a browser phone may call back into the SDK from everything it does', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.page.evaluate((given) => {
    window.asked = [];
    const ask = () => asked.push(thrown(() => window.sdk.idle())?.message ?? 'sent');
    startSdk({
      ...given,
      softPhoneFactory: class {
        isRegistered = false;
        constructor() { ask(); }
        on() { ask(); }
        stop() { ask(); }
        disconnect() { ask(); }
      },
    });
  }, optionsFor(shared.sandbox, { loginType: 3 }));
  await agent.event('Login');
  await agent.call('logout');
  await agent.event('Logout');
  const asked = await until(() => agent.page.evaluate(() => asked.length >= 8 && asked), { what: 'the phone was stopped' });
  assert.ok(asked.slice(0, 6).every((message) => message === '当前话机未注册'), asked.join());
  assert.ok(asked.slice(6).every((message) => message === '请先进行登录'), asked.join());
});
