import assert from 'node:assert/strict';
import { openOriginal } from '../../lib/original.mjs';
import { until } from '../../lib/until.mjs';

const NOT_REGISTERED = '当前话机未注册';

/** Puts a phone in the place of the one that comes with the SDK; `phones` are those that were made, `asked` what they were asked. */
const ownPhone = (one) => one.page.evaluate(() => {
  window.phones = [];
  window.asked = [];
  window.SoftPhoneSdk = class {
    isRegistered = false;

    constructor(given) {
      this.given = given;
      phones.push(this);
    }

    on() {}

    once() {}

    setAutoAnswer(yes) { asked.push(`auto-answer ${yes}`); }

    answer() { asked.push('answer'); }

    unregister() { asked.push('unregister'); }

    stop() { asked.push('stop'); }

    disconnect() { asked.push('disconnect'); }
  };
});

/** An agent with the browser's phone, which the sandbox does not know of here. */
export function browserPhone({ version, used, scene }) {
  scene('without a registered phone an agent can neither be ready nor call', async ({ sandbox, browser, t }) => {
    const one = await openOriginal(t, { sandbox, browser }, { version, number: '1003', used });
    await ownPhone(one);
    await one.start({ loginType: 3, autoAnswer: true });
    await one.comesBack('Login', 'login', 'Login', { loginType: 3, registered: 0 });
    const { given, made } = await one.page.evaluate(() => ({ made: phones.length, given: phones[0].given }));
    assert.equal(made, 1);
    const { wss, wssport, domain, account } = given;
    assert.deepEqual({ wss, wssport, domain, account }, { wss: '127.0.0.1', wssport: 8443, domain: 'sandbox.invalid', account: 'w21003' });
    assert.equal(typeof given.password, 'string');
    assert.equal(await one.call('isRegistered'), false);

    for (const command of [['idle'], ['call', '13800138000']]) {
      assert.deepEqual(await one.throws(...command), { isError: false, message: NOT_REGISTERED });
      await one.refuses(NOT_REGISTERED);
    }

    // The page believes in its phone, the sandbox knows of none: a call fails, and the agent is ready again.
    await one.page.evaluate(() => { phones[0].isRegistered = true; });
    assert.equal(await one.call('isRegistered'), true);
    await one.does('idle');
    await one.gets('Idle');
    await one.does('call', '13800138000');
    await one.gets(['MakeCall', null], ['MakeCallFail', { cause: '话机未注册', causeCode: 1066 }]);
    await one.hears('Idle');
    await one.does('busy');
    await one.gets('Busy');
    await one.does('call', '13800138000');
    await one.gets(['MakeCall', null], ['MakeCallFail', { cause: '话机未注册', causeCode: 1066 }]);
    await one.hears('Busy');

    if (version === '1.2.9') await one.does('answer');
    await one.does('unregister');
    await one.does('stop');
    await one.does('register');
    const { asked, phones } = await one.page.evaluate(() => ({ asked: window.asked, phones: window.phones.length }));
    assert.equal(phones, 2);
    assert.deepEqual(asked, ['auto-answer true', ...(version === '1.2.9' ? ['answer'] : []), 'unregister', 'stop', 'stop', 'auto-answer true']);

    await one.does('logout');
    await one.gets('Logout');
    await until(async () => (await one.inSandbox()).nowState === 'Logout', { what: 'the agent is logged out' });
  });
}
