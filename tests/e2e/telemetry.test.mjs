import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { plain, startCollector } from '../lib/fake-collector.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13912345678';
const PASSCODE = 'broker-passcode-4711';
const KEY = 'collector-key-4711';

const telemetry = (collector, more = {}) => ({ url: collector.url, interval: 100, ...more });

/** A customer calls; the call is held, muted and ended by them. */
async function inboundCall(agent) {
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: CUSTOMER, agent: '1001' });
  await agent.event('Conversation');
  await agent.page.evaluate(() => sdk.request.hold());
  await agent.page.evaluate(() => sdk.request.unHold());
  await agent.page.evaluate(() => sdk.request.mute());
  await shared.sandbox.hangUp(callId);
  await agent.event('After');
  return callId;
}

/** Starts the module's SDK as `mine`, and waits until it is logged in. */
const startModule = (page, options) => page.evaluate(async (given) => {
  const { AgentSdk } = await import('/pkg/agent-toolbar-inline.mjs');
  window.mine = new AgentSdk(given);
  await new Promise((resolve) => { mine.on('Login', () => resolve()); });
}, options);

const eventNames = ({ events }) => events.map(({ name }) => name);

/** The commands that went out, each with the trace that it names. */
const commands = async (agent) => (await agent.sent()).filter((frame) => frame.startsWith('SEND')).map((frame) => ({
  request: JSON.parse(frame.slice(frame.indexOf('\n\n') + 2)).request,
  trace: frame.match(/^traceparent:(.*)$/m)?.[1],
}));

test('a login and a call are told as spans, which the platform can go on with', async (t) => {
  const collector = await startCollector(t);
  const agent = await logIn(t, shared, { more: { telemetry: telemetry(collector, { service: 'crm', attributes: { site: 'north', seats: 12 }, headers: { 'x-key': KEY } }) } });
  const callId = await inboundCall(agent);
  const call = await collector.span('call');
  assert.deepEqual(eventNames(call), ['conversation', 'hold', 'hold ended', 'mute']);
  assert.deepEqual(call.attributes, {
    'agent_toolbar.call.direction': 'inbound', 'agent_toolbar.call.answered': true, 'agent_toolbar.call.cause': call.attributes['agent_toolbar.call.cause'],
    'agent_toolbar.call.id': callId, 'agent_toolbar.call.other_hung_up': true,
  });
  assert.match(call.attributes['agent_toolbar.call.cause'], /^\d+$/);
  assert.ok(BigInt(call.endTimeUnixNano) > BigInt(call.startTimeUnixNano));
  assert.deepEqual(call.status, {});

  const hold = await collector.span('command hold');
  assert.deepEqual([hold.traceId, hold.parentSpanId, hold.kind], [call.traceId, call.spanId, 3]);
  assert.ok(eventNames(hold).includes('answered'));
  const login = await collector.span('command login');
  assert.equal('parentSpanId' in login, false);
  assert.notEqual(login.traceId, call.traceId);

  const sent = await commands(agent);
  for (const { request, trace } of sent) {
    if (request === 'heartbeat') assert.equal(trace, undefined);
    else assert.match(trace, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/, request);
  }
  const of = (request) => sent.find((one) => one.request === request).trace;
  assert.equal(of('login'), `00-${login.traceId}-${login.spanId}-01`);
  assert.equal(of('hold'), `00-${hold.traceId}-${hold.spanId}-01`);

  await until(() => collector.metric('agent_toolbar.calls'), { what: 'calls are counted' });
  assert.deepEqual(collector.metric('agent_toolbar.calls').map(({ asInt }) => asInt), ['1']);
  assert.equal(collector.metric('agent_toolbar.call.setup')[0].count, '1');
  const latency = collector.metric('agent_toolbar.command.latency').find(({ attributes }) => attributes['agent_toolbar.request'] === 'login');
  assert.equal(latency.count, '1');
  for (const { headers, json } of collector.taken) {
    assert.equal(headers['x-key'], KEY);
    const about = plain(Object.values(json)[0][0].resource.attributes);
    assert.deepEqual([about['service.name'], about.site, about.seats], ['crm', 'north', '12']);
  }
});

test('a call that the agent makes is part of the trace of its command, and one that fails says why', async (t) => {
  const collector = await startCollector(t);
  const agent = await logIn(t, shared, { more: { telemetry: telemetry(collector) } });
  await agent.dial('00001017');
  await agent.event('After');
  const call = await collector.span('call');
  const made = await collector.span('command makeCall');
  assert.deepEqual([call.traceId, call.parentSpanId], [made.traceId, made.spanId]);
  assert.deepEqual([call.attributes['agent_toolbar.call.answered'], call.attributes['agent_toolbar.call.cause'], call.attributes['agent_toolbar.call.direction']], [false, '1017', 'outbound']);
});

test('what goes wrong is told by its code', async (t) => {
  const collector = await startCollector(t);
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { agentPassword: 'refused-password-4711', telemetry: telemetry(collector) }));
  await agent.exception(/工号或密码错误/);
  const login = await collector.span('command login');
  assert.deepEqual([login.status.code, login.status.message, login.attributes['error.type']], [2, 'REFUSED', 'REFUSED']);
  const log = await until(() => collector.logs().find(({ attributes }) => attributes['error.type'] === 'REFUSED'), { what: 'the error is logged' });
  assert.deepEqual([log.severityText, log.body.stringValue], ['ERROR', 'REFUSED']);
  await until(() => collector.metric('agent_toolbar.errors'), { what: 'it is counted' });
});

test('a link that is lost ends its span with an error, and the next one is counted as another', async (t) => {
  const collector = await startCollector(t);
  const agent = await logIn(t, shared, { more: { telemetry: telemetry(collector) } });
  await shared.sandbox.fault('drop-sockets', { path: '/ws' });
  await agent.event('Reconnect');
  const link = await collector.span('link');
  assert.deepEqual([link.status.code, link.attributes['error.type'], link.attributes['server.port']], [2, 'LINK_LOST', String(shared.sandbox.port)]);
  assert.deepEqual(eventNames(link), ['open', 'connected']);
  await until(() => collector.metric('agent_toolbar.reconnects')?.[0].asInt === '1', { what: 'the reconnect is counted' });
  await agent.call('break');
  await until(() => collector.spans().filter(({ name }) => name === 'link').length === 2, { what: 'the link that was ended is told' });
  assert.deepEqual(collector.spans().findLast(({ name }) => name === 'link').status, {});
});

test('no secret and no telephone number is in anything that is sent', async (t) => {
  const collector = await startCollector(t);
  const agent = await logIn(t, shared, { more: { connectPassword: PASSCODE, telemetry: telemetry(collector) } });
  await inboundCall(agent);
  await agent.idle();
  await agent.dial('13800138000');
  const { data } = await agent.event('Conversation', { nth: 2 });
  await agent.page.evaluate(() => sdk.request.consultCall('1002', 1).catch(() => {}));
  await shared.sandbox.hangUp(data.occCallId);
  await agent.event('After', { nth: 2 });
  await agent.call('setUserdata', 'customer-secret-4711');
  await agent.idle();
  await until(() => collector.spans().filter(({ name }) => name === 'call').length === 2, { what: 'both calls are told' });
  const [{ data: { token } }] = await agent.values('Login');
  const all = collector.taken.map(({ body }) => body).join('\n');
  for (const secret of [PASSCODE, '"123456"', token, CUSTOMER, '13800138000', 'customer-secret-4711']) {
    const at = all.indexOf(secret);
    assert.ok(at < 0, `${secret}: ${all.slice(Math.max(at - 100, 0), at + 50)}`);
  }
});

test('without the option nothing is loaded, sent or added to a command', async (t) => {
  const agent = await openAgent(t, shared);
  const asked = [];
  agent.page.on('request', (request) => asked.push(request.url()));
  await agent.start(optionsFor(shared.sandbox));
  await agent.event('Login');
  await inboundCall(agent);
  assert.ok(asked.length > 0, 'the part of the panels was loaded');
  assert.deepEqual(asked.filter((url) => /telemetry|\/v1\//.test(url)), []);
  assert.deepEqual((await commands(agent)).filter(({ trace }) => trace), []);
});

test('a collector that is gone, or refuses, is no matter for the agent, and gets all of it once it is back', async (t) => {
  const gone = await startCollector(t);
  await gone.stop();
  const agent = await logIn(t, shared, { more: { telemetry: telemetry(gone) } });
  await inboundCall(agent);
  assert.deepEqual(await agent.values('Exception'), []);
  const back = await startCollector(t, { port: gone.port });
  back.answer = 503;
  await until(() => back.asked > 1, { what: 'it is tried again' });
  back.answer = 200;
  await back.span('call');
  assert.equal(back.spans().filter(({ name }) => name === 'call').length, 1);
  assert.equal((await commands(agent)).filter(({ trace }) => trace).length > 3, true);
});

test('what a collector never takes is not sent again', async (t) => {
  const collector = await startCollector(t);
  collector.answer = 400;
  const agent = await logIn(t, shared, { more: { telemetry: telemetry(collector) } });
  await until(() => collector.asked > 1, { what: 'it was asked' });
  collector.answer = 200;
  await agent.idle();
  await collector.span('command idle');
  assert.deepEqual(collector.spans().filter(({ name }) => name === 'command login'), []);
});

test('a page that goes sends what there is', async (t) => {
  const collector = await startCollector(t);
  const page = await newTab(t, await newProfile(t, shared.browser));
  // One that the sandbox serves itself: the browser knows where it comes from, and lets it reach this machine to the last.
  await page.goto(`${shared.sandbox.origin}/pkg/package.json`);
  await startModule(page, optionsFor(shared.sandbox, { el: undefined, telemetry: telemetry(collector, { interval: 3_600_000 }) }));
  assert.equal(collector.asked, 0);
  await page.goto('about:blank');
  const link = await collector.span('link');
  assert.deepEqual(eventNames(link), ['open', 'connected']);
  await collector.span('command login');
  await until(() => collector.metric('agent_toolbar.commands'), { what: 'what was counted is told' });
});

/** A page with this policy, whose agent is signed in. */
async function openStrict(t, { policy, nonce = '', options }) {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await page.route(`${shared.sandbox.origin}/tests.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': policy },
    body: `<!doctype html><title>Strict page</title><div id="toolbar"></div><script ${nonce} charset="utf-8" src="/pkg/agent-toolbar.js"></script>`,
  }));
  await page.goto(`${shared.sandbox.origin}/tests.html`);
  await page.evaluate((given) => {
    window.sdk = new AgentSdk(given);
    return new Promise((resolve) => { sdk.on('Login', () => resolve()); });
  }, options);
  return page;
}

test('a strict page names the collector, or its telemetry goes nowhere and nothing else is the worse for it', async (t) => {
  const collector = await startCollector(t);
  const options = optionsFor(shared.sandbox, { telemetry: telemetry(collector) });
  const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${shared.sandbox.url}`;
  const page = await openStrict(t, { policy, options });
  await page.evaluate(() => sdk.request.idle());
  await until(async () => (await page.said()).includes('connect-src'), { what: 'the browser says so' });
  assert.equal(collector.asked, 0);
  await openStrict(t, { policy: `${policy} ${collector.url}`, options });
  await collector.span('command login');
});

test('a page whose policy names a nonce lets in its part as well', async (t) => {
  const collector = await startCollector(t);
  const policy = "default-src 'none'; script-src 'nonce-once' 'wasm-unsafe-eval'; connect-src *; worker-src blob: *; img-src data:";
  await openStrict(t, { policy, nonce: 'nonce="once"', options: optionsFor(shared.sandbox, { telemetry: telemetry(collector) }) });
  await collector.span('command login');
});

test('where its part is missing the agent signs in all the same, and the console says so', async (t) => {
  const collector = await startCollector(t);
  const agent = await openAgent(t, shared);
  await agent.page.route('**/agent-toolbar-telemetry.mjs', (route) => route.fulfill({ status: 404, body: '' }));
  await agent.start(optionsFor(shared.sandbox, { telemetry: telemetry(collector) }));
  await agent.event('Login');
  assert.match(await agent.page.said(), /agent-toolbar-telemetry\.mjs/);
  assert.equal(collector.asked, 0);
});

test('an address that is none is said in the console', async (t) => {
  const agent = await logIn(t, shared, { more: { telemetry: { url: 'ftp://collector' } } });
  await until(async () => /telemetry\.url must begin with/.test(await agent.page.said()), { what: 'the console says so' });
});

test('the module has it as well', async (t) => {
  const collector = await startCollector(t);
  const page = await newTab(t, await newProfile(t, shared.browser));
  await openTestPage(page, shared.sandbox.origin);
  await startModule(page, optionsFor(shared.sandbox, { telemetry: telemetry(collector) }));
  await collector.span('command login');
  await page.evaluate(() => mine.destroy());
  assert.deepEqual((await collector.span('link')).status, {});
});
