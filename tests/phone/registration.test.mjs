import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, optionsFor } from '../lib/agent.mjs';
import { newTab, openTestPage } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { requests } from '../lib/fake-office.mjs';
import { agentWithPhone, openPhone, phoneOptions, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { phoneAtPeer } from '../lib/phone-at-peer.mjs';
import { startFakePeer } from '../lib/phone-fake-peer.mjs';
import { newPhoneProfile } from '../lib/phone-page.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

const refuse = (ms) => shared.sandbox.fault('refuse-connections', { path: '/sip', ms });

/** The phone's link is lost and stays so. */
async function lose() {
  await refuse(600_000);
  await shared.sandbox.fault('drop-sockets', { path: '/sip' });
}

const stateOf = async (number) => (await shared.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === number).nowState;

test('an agent who is ready and whose phone is lost becomes busy, hears why, and is ready again with the phone', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  await lose();
  await agent.event('Busy');
  assert.equal(await stateOf('1001'), 'Busy');
  const message = await agent.exception(/话机/);
  assert.ok(message.length > 0);
  assert.equal((await agent.values('Disconnect')).length, 0, 'the agent\'s own link has nothing to do with it');

  await refuse(1);
  await agent.event('Idle', { nth: 2 });
  assert.equal(await stateOf('1001'), 'Idle');
  assert.equal(await agent.call('isRegistered'), true);
});

test('that the phone is lost is said until it is back, also in the state that follows from it', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  await lose();
  await agent.event('Busy');
  await agent.chipShows('话机离线');
  const message = agent.toolbar.locator('[part~=message]');
  assert.match(await message.textContent(), /话机未注册，接不到来电/);

  await agent.call('busy', '会议');
  await agent.event('Busy', { nth: 2 });
  await agent.chipShows('话机离线');
  await agent.toolbar.locator('[data-act=register]').waitFor();

  await refuse(1);
  await agent.chipShows('会议');
  await message.waitFor({ state: 'detached' });
});

test('an agent who has chosen to be busy meanwhile stays so', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.idle();
  await lose();
  await agent.event('Busy');
  await agent.call('busy', '会议');
  await agent.event('Busy', { nth: 2 });
  await refuse(1);
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered again' });
  // An answer to a later command shows that nothing else was asked for before it.
  await agent.call('getGroups');
  await until(async () => (await agent.sent()).some((frame) => frame.includes('"request":"groupInfo"')), { what: 'a later command' });
  assert.equal((await agent.values('Idle')).length, 1);
  assert.equal(await stateOf('1001'), 'Busy');
});

test('an agent who was busy is not made ready by the phone', async (t) => {
  const agent = await agentWithPhone(t, shared);
  await agent.call('busy');
  await agent.event('Busy');
  await lose();
  await agent.exception(/话机/);
  await refuse(1);
  await until(() => agent.call('isRegistered'), { what: 'the phone is registered again' });
  assert.equal(await stateOf('1001'), 'Busy');
  assert.deepEqual([await agent.values('Idle'), (await agent.values('Busy')).length], [[], 1]);
});

test('a phone whose password is wrong says so once and is not tried again and again', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.start(phoneOptions(shared.sandbox, '1001', { password: 'wrong' }));
  const { status } = await phone.event('RegistrationFailed');
  assert.ok([401, 403].includes(status), `status ${status}`);
  assert.equal(await phone.get('isRegistered'), false);
  const sent = (await phone.sockets(shared.sandbox)).flatMap((socket) => socket.sent).filter((text) => text.startsWith('REGISTER '));
  assert.equal(sent.length, 2, 'without a proof, with a wrong one, and no more');
});

test('an agent whose phone has a wrong password hears of it', async (t) => {
  const broker = await startFakeBroker({
    login: { registerSipUrl: shared.sandbox.sip, webrtcSipId: 'w21001', webrtcSipPassword: 'wrong', webrtcDomain: 'sandbox.invalid' },
  });
  t.after(() => broker.stop());
  const page = await newTab(t, await newPhoneProfile(t, shared.browsers['1001']));
  await openTestPage(page, broker.origin);
  const agent = new Agent(page);
  await agent.start(optionsFor(broker, { loginType: 3 }));
  await agent.event('Login');
  await agent.exception(/话机注册失败/);
  assert.deepEqual(requests(broker).filter(({ request }) => request === 'idle' || request === 'busy'), []);
});

test('a digest that a server checks is right', async (t) => {
  const { peer } = await phoneAtPeer(t, shared, { says: { password: 'pass, with "signs"' } });
  const registers = peer.received.filter(({ method }) => method === 'REGISTER');
  assert.equal(registers.length, 2);
  assert.match(peer.header(registers[1], 'authorization'), /^Digest .*nc=00000001/);
  const [first, second] = registers.map((one) => [peer.header(one, 'call-id'), Number.parseInt(peer.header(one, 'cseq'), 10)]);
  assert.equal(first[0], second[0], 'one Call-ID');
  assert.ok(second[1] > first[1], 'a rising CSeq');
});

test('of several digests the strongest is taken, whatever their order', async (t) => {
  for (const algorithms of [['MD5', 'SHA-256'], ['SHA-256', 'MD5']]) {
    const { peer } = await phoneAtPeer(t, shared, { says: { password: 'any-password', algorithms } });
    const [, proof] = peer.received.filter(({ method }) => method === 'REGISTER');
    assert.match(peer.header(proof, 'authorization'), /algorithm="?SHA-256/);
  }
});

test('a registrar that is out of order is tried again', async (t) => {
  let asked = 0;
  const peer = await startFakePeer({ registrar: () => ((asked += 1) <= 2 ? 503 : 200) });
  t.after(() => peer.stop());
  const phone = await openPhone(t, shared);
  await phone.start(peer.options());
  await phone.event('Registered', { bound: 120_000 });
  assert.equal(asked, 3);
});

test('a phone whose registration lasts a few seconds renews it before they are over, and ends it when it is told to', async (t) => {
  const peer = await startFakePeer({ expires: 4 });
  t.after(() => peer.stop());
  const phone = await openPhone(t, shared);
  await phone.start(peer.options());
  await peer.request('REGISTER', 3);
  assert.deepEqual(await phone.told('UnRegistered'), []);
  await phone.does('unregister');
  await phone.event('UnRegistered');
  const last = peer.received.filter(({ method }) => method === 'REGISTER').at(-1);
  assert.match(`${peer.header(last, 'contact')};expires=${peer.header(last, 'expires')}`, /;expires=0/);
  assert.equal(await phone.get('isRegistered'), false);
});

test('a phone that was dropped registers again over a new link', async (t) => {
  const phone = await registeredPhone(t, shared);
  await shared.sandbox.fault('drop-sockets', { path: '/sip' });
  await phone.event('Disconnected');
  await phone.event('UnRegistered');
  await phone.event('Registered', { nth: 2 });
  assert.equal(await phone.get('isRegistered'), true);
});

test('a link that hangs is noticed and replaced', async (t) => {
  const phone = await registeredPhone(t, shared);
  await shared.sandbox.fault('freeze', { path: '/sip', ms: 600_000 });
  // Half a minute between signs of life, and some seconds until one counts as missing.
  await phone.event('Disconnected', { bound: 180_000 });
  await shared.sandbox.fault('freeze', { path: '/sip', ms: 1 });
  await phone.event('Registered', { nth: 2, bound: 60_000 });
});
