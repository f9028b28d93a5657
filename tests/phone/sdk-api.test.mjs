import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declarations } from '../lib/declarations.mjs';
import { openPhone, phoneOptions, registeredPhone, withPhones } from '../lib/phone-agent.mjs';
import { CUSTOMER, isAnswered, phoneAtPeer, rings, talks } from '../lib/phone-at-peer.mjs';
import { openFarEnd } from '../lib/phone-far-end.mjs';
import { hearsExactly, toneOf } from '../lib/phone-tones.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones(['1001', '1002', CUSTOMER]);

const OUTSIDE = '00042130';
const SLOW = '00020050';

/** What the documentation of the original names, and pages of it use. */
const OF_THE_ORIGINAL = `
  init register unregister stop disconnect call hangup answer mute unMute dtmf dial setCalled getTargetNumber setAutoAnswer getDevices
  draw destroy on once off getConstraints isVideo
`.trim().split(/\s+/);
const PROPERTIES = ['isRegistered', 'isCalling', 'isMute', 'callType', 'incomingSession', 'devices', 'currentDevices'];

/** The names of events in order, without those that come when they will. */
const names = async (phone) => (await phone.rung()).map(({ name }) => name)
  .filter((name) => !['Quality', 'Warning', 'Media', 'DevicesChanged'].includes(name));

test('the phone has every member of the original, and every one that its types name', async (t) => {
  const phone = await openPhone(t, shared);
  const { own, statics } = (await declarations()).ofClass('SoftPhoneSdk');
  const found = await phone.page.evaluate(([members, ofClass]) => {
    const one = new SoftPhoneSdk();
    return {
      missing: [...members.filter((name) => !(name in one)), ...ofClass.filter((name) => !(name in SoftPhoneSdk))],
      functions: members.filter((name) => typeof one[name] === 'function'),
    };
  }, [[...new Set([...OF_THE_ORIGINAL, ...PROPERTIES, ...own])], statics]);
  assert.deepEqual(found.missing, []);
  assert.deepEqual(OF_THE_ORIGINAL.filter((name) => !found.functions.includes(name)), []);
});

test('a phone without options does nothing, and says so when it should', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.page.evaluate(() => { window.phone = new SoftPhoneSdk(); });
  assert.deepEqual(await phone.page.evaluate((all) => all.map((name) => phone[name]), PROPERTIES), [false, false, false, null, null, [], undefined]);
  for (const [method, code] of [['init', 'PHONE_OPTIONS_MISSING'], ['answer', 'NO_CALL'], ['hangup', 'NO_CALL'], ['call', 'PHONE_NOT_REGISTERED']]) {
    const error = await phone.throws(method);
    assert.deepEqual([error.isError, error.code], [true, code], method);
    assert.match(error.version, /^SPS_/);
  }
  // As the original: nothing to end.
  for (const method of ['unregister', 'stop', 'disconnect', 'destroy']) await phone.does(method);
});

test('options that are missing are told, and those that are given later are taken', async (t) => {
  const phone = await openPhone(t, shared);
  const { password, ...more } = phoneOptions(shared.sandbox);
  await phone.start({ ...more, lang: 'zh' });
  const { isError, code, message, version } = await phone.event('Exception');
  assert.deepEqual([isError, code, message], [true, 'PHONE_PARAMETERS', '缺少必要的注册参数']);
  assert.match(version, /^SPS_/);
  assert.equal((await phone.throws('register')).code, 'PHONE_PARAMETERS');
  await phone.does('register', { password });
  await phone.event('Registered');
  assert.deepEqual((await names(phone)).filter((name) => name !== 'Exception'), ['Connected', 'Registered']);
});

test('a page that may not use the microphone, or has none, hears of it in the original\'s words', async (t) => {
  for (const [name, words] of [
    ['NotAllowedError', /^获取授权失败:未获取麦克风授权$/],
    ['NotFoundError', /^获取授权失败:设备未找到: /],
    ['NotReadableError', /^获取授权失败:获取媒体异常: /],
  ]) {
    const phone = await openPhone(t, shared);
    await phone.page.evaluate((kind) => {
      // Permission that stands already is not asked for.
      navigator.permissions.query = async () => ({ state: 'prompt' });
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('as the browser says', kind); };
    }, name);
    await phone.start(phoneOptions(shared.sandbox, '1001', { lang: 'zh' }));
    const { isError, message, version } = await phone.event('Exception');
    assert.ok(isError);
    assert.match(message, words);
    assert.match(version, /^SPS_/);
  }
});

test('a page that the browser gives no devices hears of it', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.page.evaluate(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
  await phone.start(phoneOptions(shared.sandbox, '1001', { lang: 'zh' }));
  const { code, message } = await phone.event('Exception');
  assert.equal(code, 'PHONE_UNSUPPORTED');
  assert.match(message, /^不支持WebRTC的环境/);
});

test('a call that is made tells its steps in order, with one and the same object', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.page.evaluate(() => {
    window.handles = new Set();
    for (const name of ['Try', 'Ringing', 'Accepted', 'Terminated']) phone.on(name, (call) => handles.add(call));
    handles.add(phone.call('00042130'));
  });
  await phone.event('Accepted');
  assert.equal(await phone.get('isCalling'), true);
  assert.equal(await phone.get('callType'), 'callout');
  const [call] = await phone.calls();
  assert.deepEqual([call.number, call.direction, call.state, call.held, call.heldByPeer], [OUTSIDE, 'outbound', 'talking', false, false]);
  await hearsExactly(phone.page, [toneOf(OUTSIDE)]);
  await phone.does('hangup');
  const { by, status } = await phone.event('Terminated');
  assert.deepEqual([by, typeof status], ['us', 'number']);
  assert.deepEqual(await names(phone), ['Connected', 'Registered', 'Try', 'Ringing', 'Accepted', 'Terminated']);
  assert.equal(await phone.page.evaluate(() => handles.size), 1);
  assert.deepEqual([await phone.get('isCalling'), await phone.get('callType'), await phone.get('incomingSession')], [false, null, null]);
});

test('a call that fails says why', async (t) => {
  const phone = await registeredPhone(t, shared);
  for (const [number, status] of [['00001017', 486], ['00002114', 404]]) {
    const nth = (await phone.told('CallFailed')).length + 1;
    await phone.does('call', number);
    const failed = await phone.event('CallFailed', { nth });
    assert.equal(failed.status, status);
    await phone.event('Terminated', { nth });
  }
  assert.deepEqual((await names(phone)).slice(2).filter((name) => name !== 'Try' && name !== 'Ringing'), ['CallFailed', 'Terminated', 'CallFailed', 'Terminated']);
});

test('a call is taken back before it is answered', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.does('call', SLOW);
  await phone.event('Ringing');
  await phone.does('hangup');
  await phone.event('Terminated', { by: 'us' });
  assert.equal((await phone.told('CallFailed')).length, 1);
  assert.ok((await phone.trace()).some(({ way, line }) => way === 'sent' && line.startsWith('CANCEL ')));
  await until(async () => (await phone.trace()).some(({ way, status }) => way === 'received' && status === 487), { what: 'the other side confirms it' });
  await until(async () => (await shared.sandbox.state()).calls.length === 0, { what: 'nobody is rung any more' });
});

test('a call that comes is told with who it is, answered, and ended by the other side', async (t) => {
  const [phone, other] = await Promise.all([registeredPhone(t, shared), registeredPhone(t, shared, { number: '1002' })]);
  await other.does('call', '1001');
  const { call } = await phone.event('Invite');
  assert.deepEqual([call.number, call.direction, call.state], ['1002', 'inbound', 'ringing']);
  assert.equal(await phone.get('callType'), 'incoming');
  const identity = await phone.page.evaluate(() => phone.incomingSession.remoteIdentity);
  assert.equal(identity.uri.user, '1002');
  await other.event('Ringing');
  await phone.does('answer');
  await Promise.all([phone.event('Accepted'), other.event('Accepted')]);
  await Promise.all([hearsExactly(phone.page, [toneOf('1002')]), hearsExactly(other.page, [toneOf('1001')])]);
  await other.does('hangup');
  await phone.event('Terminated', { by: 'them' });
  assert.deepEqual(await names(phone), ['Connected', 'Registered', 'Invite', 'Answer', 'Accepted', 'Terminated']);
});

test('a call that comes is refused, or gone before it is answered', async (t) => {
  const [phone, other] = await Promise.all([registeredPhone(t, shared), registeredPhone(t, shared, { number: '1002' })]);
  await other.does('call', '1001');
  await phone.event('Invite');
  await phone.does('hangup');
  await other.event('CallFailed');
  await phone.event('AnswerFailed');
  await phone.event('Terminated', { by: 'us' });

  await other.does('call', '1001');
  await phone.event('Invite', { nth: 2 });
  await other.does('hangup');
  await phone.event('AnswerFailed', { nth: 2 });
  await phone.event('Terminated', { by: 'them' });
});

test('caller and gateway go along with a call', async (t) => {
  const far = await openFarEnd(t, shared.browsers[CUSTOMER]);
  const { phone, peer } = await phoneAtPeer(t, shared, { says: { onCall: async ({ body }) => ({ status: 200, sdp: await far.answer(body) }) } });
  await phone.does('call', '138 0013 8000', '02188886210', 'gateway-3');
  await phone.event('Accepted');
  const invite = await peer.request('INVITE');
  assert.match(invite.line, /^INVITE sip:13800138000@fake\.invalid/);
  assert.deepEqual([peer.header(invite, 'x-caller'), peer.header(invite, 'x-bridgegw')], ['02188886210', 'gateway-3']);
  await hearsExactly(phone.page, [toneOf(CUSTOMER)]);
});

test('what a page dials key by key is called', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.page.evaluate(() => phone.setCalled('0004').dial(2).dial('1').dial('3').dial('9').dial(-1).dial(0));
  assert.equal(await phone.does('getTargetNumber'), OUTSIDE);
  await phone.does('call');
  await phone.event('Accepted');
  assert.deepEqual((await phone.calls()).map(({ number }) => number), [OUTSIDE]);
});

test('what cannot be done now throws, with its code', async (t) => {
  const phone = await registeredPhone(t, shared);
  for (const method of ['answer', 'hangup', 'hold', 'unHold', 'transfer', 'attendedTransfer']) {
    const error = await phone.throws(method, ...(method === 'transfer' ? ['1002'] : []));
    assert.deepEqual([error.isError, error.code], [true, 'NO_CALL'], method);
  }
  assert.equal((await phone.throws('statistics')).code, 'NO_CALL');
  assert.equal((await phone.throws('call', '')).code, 'CALLED_EMPTY');
  await phone.talksTo(OUTSIDE);
  for (const key of ['12', '', 'x']) assert.equal((await phone.throws('dtmf', key)).code, 'DTMF_INVALID', key);
  assert.equal((await phone.throws('transfer', '')).code, 'TRANSFER_EMPTY');
  assert.equal((await phone.throws('answer')).code, 'CALL_NOT_READY');
  await phone.does('hangup');
  await phone.event('Terminated');
  await phone.does('unregister');
  await phone.event('UnRegistered');
  assert.equal((await phone.throws('call', OUTSIDE)).code, 'PHONE_NOT_REGISTERED');
});

test('listeners are added, called once, and taken away as those of the agent\'s SDK', async (t) => {
  const phone = await openPhone(t, shared);
  await phone.page.evaluate((options) => {
    window.counts = { on: 0, once: 0, off: 0, gone: 0 };
    window.phone = new SoftPhoneSdk();
    phone.on('Muted', () => { counts.on += 1; });
    phone.once('Muted', () => { counts.once += 1; });
    const id = phone.on('Muted', () => { counts.off += 1; });
    const listener = () => { counts.gone += 1; };
    phone.on('Muted', listener);
    window.removed = [phone.off('Muted', id), phone.off('Muted', listener), phone.off('Muted', id)];
    phone.on('Registered', () => { window.registered = true; });
    phone.init(options);
  }, phoneOptions(shared.sandbox));
  await until(() => phone.page.evaluate(() => window.registered), { what: 'the phone is registered' });
  await phone.page.evaluate(() => {
    const { mute, unMute } = phone;
    mute();
    unMute();
    mute();
  });
  await until(() => phone.page.evaluate(() => counts.on === 3), { what: 'every change is told' });
  assert.deepEqual(await phone.page.evaluate(() => [counts, removed]), [{ on: 3, once: 1, off: 0, gone: 0 }, [true, true, false]]);
});

test('a listener that throws keeps nobody else from hearing', async (t) => {
  const phone = await openPhone(t, shared, { allow: /the page's own mistake/ });
  await phone.page.evaluate((options) => {
    window.phone = new SoftPhoneSdk(options);
    phone.on('Registered', () => { throw new Error('the page\'s own mistake'); });
    phone.on('Registered', () => { window.registered = true; });
  }, phoneOptions(shared.sandbox));
  await until(() => phone.page.evaluate(() => window.registered), { what: 'the second listener hears it' });
});

test('a phone that is stopped ends its call and its link, and starts again', async (t) => {
  const phone = await registeredPhone(t, shared);
  await phone.talksTo(OUTSIDE);
  await phone.does('stop');
  await phone.event('Terminated');
  await phone.event('UnRegistered');
  await until(async () => (await phone.page.evaluate(() => sockets.every(({ isOpen }) => !isOpen))), { what: 'the link is closed' });
  await until(async () => (await shared.sandbox.state()).calls.length === 0, { what: 'the call is over at the other end' });
  await phone.does('register');
  await phone.event('Registered', { nth: 2 });
  await phone.talksTo(OUTSIDE);
  await phone.does('destroy');
  await phone.event('Terminated', { nth: 2 });
  assert.equal(await phone.get('isRegistered'), false);
});

test('a call is given to somebody else, who then talks to who was called', async (t) => {
  const [phone, other] = await Promise.all([
    registeredPhone(t, shared), registeredPhone(t, shared, { number: '1002', more: { autoAnswer: true } }),
  ]);
  await phone.talksTo(OUTSIDE);
  await phone.does('transfer', '1002');
  await other.event('Accepted');
  await phone.event('Transferring', { status: 200 });
  await phone.event('Terminated');
  await hearsExactly(other.page, [toneOf(OUTSIDE)]);
});

test('who is called and who waits are joined', async (t) => {
  const [phone, other] = await Promise.all([
    registeredPhone(t, shared), registeredPhone(t, shared, { number: '1002', more: { autoAnswer: true } }),
  ]);
  await phone.talksTo(OUTSIDE);
  await phone.talksTo('1002');
  await hearsExactly(phone.page, [toneOf('1002')]);
  await phone.does('attendedTransfer');
  await phone.event('Terminated', { nth: 2 });
  await hearsExactly(other.page, [toneOf(OUTSIDE)]);
  assert.deepEqual(await phone.calls(), []);
});

test('the trace of a call tells every step, with what was gathered and how long it may take', async (t) => {
  const phone = await registeredPhone(t, shared);
  const id = await phone.talksTo(OUTSIDE);
  await phone.does('hangup');
  await phone.event('Terminated');
  const trace = await until(async () => {
    const entries = await phone.trace(id);
    return entries.some(({ status, cseq }) => status >= 200 && cseq.endsWith('BYE')) && entries;
  }, { what: 'the whole call is in the trace' });
  const steps = trace.filter(({ way }) => way !== 'note').map(({ way, line }) => `${way} ${line.replace(/^SIP\/2\.0 (\d+).*/, '$1').split(' ')[0]}`);
  const [invite, ...rest] = steps;
  assert.equal(invite, 'sent INVITE');
  for (const step of ['received 100', 'received 180', 'received 200', 'sent ACK', 'sent BYE']) assert.ok(rest.includes(step), `${step} of ${steps}`);
  assert.deepEqual(trace.map(({ at }) => at), trace.map(({ at }) => at).toSorted((a, b) => a - b), 'in order');
  assert.ok(trace.some(({ way }) => way === 'note'), 'what happened here stands in it');
  assert.equal(await phone.trace(4711), undefined);
  assert.ok((await phone.trace(0)).some(({ line }) => line.startsWith('REGISTER ')), 'registration has a trace of its own');
});

test('two messages of SIP are read in short, and what is none is refused with its place', async (t) => {
  const phone = await openPhone(t, shared);
  const read = (text) => phone.page.evaluate((message) => {
    try {
      return SoftPhoneSdk.parseMessage(message);
    } catch (error) {
      return { isError: error instanceof Error, offset: error.offset };
    }
  }, text);
  const fields = 'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\nf: "一" <sip:1001@a.invalid>;tag=1\r\nt: <sip:1002@a.invalid>\r\ni: call-1\r\nCSeq: 7 INVITE\r\n';
  const request = await read(`INVITE sip:1002@a.invalid SIP/2.0\r\n${fields}l: 6\r\n\r\n一二`);
  assert.deepEqual(request, {
    kind: 'request', method: 'INVITE', status: undefined, callId: 'call-1', cseq: 7, from: 'sip:1001@a.invalid', to: 'sip:1002@a.invalid', headers: 6, body: 6,
  });
  const response = await read(`SIP/2.0 486 Busy Here\r\n${fields}\r\n`);
  assert.deepEqual([response.kind, response.status, response.method, response.headers, response.body], ['response', 486, undefined, 5, 0]);
  const none = await read('INVITE sip:1002@a.invalid SIP/2.0\r\nno colon here\r\n\r\n');
  assert.equal(none.isError, true);
  assert.ok(none.offset >= 34, `offset ${none.offset}`);
});

test('a phone of a page of the original is made with its options alone', async (t) => {
  const phone = await openPhone(t, shared);
  // It knows no plain ws: the address it tries is what its options say.
  await phone.start({ wss: '127.0.0.1', wssport: '1', account: 'phone', password: 'any-password', ring: '', el: '', logLevel: 3, stunServers: null });
  const tried = await until(() => phone.page.evaluate(() => sockets[0]?.url), { what: 'a link is tried' });
  assert.equal(new URL(tried).href, 'wss://127.0.0.1:1/');
});

test('a re-offer that the other side refuses leaves the call as it was', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const { phone } = pair;
  const { call, far } = await talks(t, shared, pair);
  await hearsExactly(far.page, [toneOf('1001')]);
  call.refuseOffers = 488;
  await phone.does('hold');
  await until(() => call.offers.length > 0, { what: 'the hold is offered' });
  // Whatever the other side says: who holds is not heard.
  await hearsExactly(far.page, []);
});

test('two calls that come at once are told apart', async (t) => {
  const pair = await phoneAtPeer(t, shared);
  const first = await rings(t, shared, pair);
  const second = await rings(t, shared, pair, { from: '1002' });
  assert.deepEqual((await pair.phone.calls()).map(({ number }) => number).sort(), ['1002', CUSTOMER]);
  await pair.phone.doesWith(second.id, 'answer');
  await isAnswered(second);
  await pair.phone.doesWith(first.id, 'reject');
  assert.ok((await first.call.final).status >= 480);
  await hearsExactly(pair.phone.page, [toneOf('1002')]);
});
