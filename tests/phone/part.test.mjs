// The phone is in a file that the script loads when a phone starts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPhone, phoneOptions, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

const PART = '**/agent-toolbar-panels.js*';

/** A phone whose page asks for the part and has no answer yet; `answer` gives one. */
async function waiting(t) {
  const phone = await openPhone(t, shared);
  const asked = [];
  await phone.page.route(PART, (route) => { asked.push(route); });
  await phone.start(phoneOptions(shared.sandbox));
  await until(() => asked.length, { what: 'the part is asked for' });
  return { phone, answer: async () => {
    for (const route of asked.splice(0)) await route.continue();
  } };
}

const partIsThere = (phone) => until(() => phone.page.evaluate(() => !document.querySelector('head > script[src*=panels]')), { what: 'the part is there' });

test('a phone that cannot be loaded says so and what to do, and registers when it is asked again and the file is there', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.page.route(PART, (route) => route.abort());
  await phone.start(phoneOptions(shared.sandbox));
  const { code, message } = await phone.event('Exception');
  assert.equal(code, 'PHONE_MISSING');
  assert.match(message, /^the phone cannot be loaded: .*agent-toolbar-panels\.js/);
  assert.match(await phone.page.evaluate(() => phone.check().catch((error) => error.remedy)), /all files of the package/);
  assert.equal((await phone.throws('tryMicrophone')).code, 'PHONE_MISSING');
  assert.equal((await phone.throws('call', '13800138000')).code, 'PHONE_NOT_REGISTERED');

  await phone.page.unroute(PART);
  await phone.does('register');
  await phone.event('Registered');
});

test('what is set while the phone is being loaded counts when it is there', async (t) => {
  const { phone, answer } = await waiting(t);
  await phone.does('setRingVolume', 0.5);
  await phone.does('setAutoAnswer', true);
  assert.equal(await phone.page.evaluate(() => phone.isRegistered), false);
  await answer();
  await phone.event('Registered');
  assert.equal(await phone.page.evaluate(() => phone.chosen.ringVolume), 0.5);
});

test('a phone that is stopped while it is being loaded does not register, and does when it is asked to', async (t) => {
  const { phone, answer } = await waiting(t);
  await phone.does('stop');
  await answer();
  await partIsThere(phone);
  assert.deepEqual((await phone.rung()).map(({ name }) => name).filter((name) => /Regist|Connect/.test(name)), []);
  await phone.does('register');
  await phone.event('Registered');
  assert.equal((await phone.rung()).filter(({ name }) => name === 'Registered').length, 1);
});

test('a phone that is destroyed while it is being loaded is not made', async (t) => {
  const { phone, answer } = await waiting(t);
  await phone.does('destroy');
  await answer();
  await partIsThere(phone);
  assert.equal((await phone.throws('check')).code, 'PHONE_OPTIONS_MISSING');
  assert.equal((await phone.throws('call', '13800138000')).code, 'PHONE_NOT_REGISTERED');
});
