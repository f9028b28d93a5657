import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Agent } from '../lib/agent.mjs';
import { launch, newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { startFakeBroker } from '../lib/fake-broker.mjs';
import { CAPTURES, ORIGINAL_SDK, OUR_SDK, PKG } from '../lib/paths.mjs';
import { header, readFrame } from '../lib/stomp-frame.mjs';
import { until } from '../lib/until.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** The frames of one capture file. */
async function captured(number) {
  const name = (await readdir(CAPTURES)).find((one) => one.startsWith(`1.1.65_${number}_`));
  const text = await readFile(CAPTURES + name, 'utf8');
  return text.replace(/^#.*\n/gm, '').split('^@').map((frame) => frame.trimStart())
    .filter(Boolean).map((frame) => readFrame(frame.slice('> '.length)));
}

/** The frame as text, without what may differ from one run or one client to another: it must still have it. */
function comparable({ command, headers, body }) {
  const lines = headers.map(([name, value]) => {
    if (name === 'accept-version') return `${name}:${value.replace(/^1\.\d(,1\.\d)*$/, 'VERSIONS')}`;
    if (name === 'heart-beat') return `${name}:${value.replace(/^\d+,\d+$/, 'MS,MS')}`;
    if (name === 'destination') return `${name}:${value.replace(/^(\/topic\/).+$/, '$1KEY')}`;
    if (name === 'content-length') {
      assert.equal(Number(value), Buffer.byteLength(body), `content-length of ${body}`);
      return `${name}:LENGTH`;
    }
    return `${name}:${value}`;
  });
  const shown = body.replace(/"sequence":\d+/, '"sequence":N').replace(/"routingKey":"[^"]+"/, '"routingKey":"KEY"');
  return [command, ...lines, '', shown].join('\n');
}

const isHeartbeat = ({ body }) => body.startsWith('{"request":"heartbeat"');

const STEPS = [
  ['01', 'Idle', 'idle'],
  ['02', 'Busy', 'busy'],
  ['03', 'Busy', 'busy', '小休'],
  ['04', 'Conversation', 'call', '138 0013 8000'],
  ['06', 'After', 'hangup'],
  ['05', 'Conversation', 'call', '1002', 1, '02100', 'cid-1', 'contact-1'],
  ['06', 'After', 'hangup'],
  ['52', 'Logout', 'logout'],
];

/** Logs an agent in with this SDK and calls the methods that were captured; every frame must be as it was then. */
async function compareWithCaptures(t, sdk) {
  const broker = await startFakeBroker();
  t.after(() => broker.stop());
  const page = await newTab(t, await newProfile(t, browser));
  await openTestPage(page, broker.origin, sdk);
  const agent = new Agent(page);
  await agent.start({
    url: broker.url, host: '/', connectAccount: 'acc', connectPassword: 'pass', subscribePath: '/topic',
    companyShortName: 'demo', agentNumber: '1001', agentPassword: 'secret', loginType: 1,
  });
  await agent.event('Login');

  const started = await captured('00');
  await until(() => broker.frames.length >= started.length, { what: 'login and heart-beat are sent' });
  assert.deepEqual(broker.frames.slice(0, started.length).map(comparable), started.map(comparable));
  const key = header(broker.frames[1], 'destination').slice('/topic/'.length);
  assert.equal(JSON.parse(broker.frames[2].body).routingKey, key, 'it listens where it asks to be answered');

  // The heart-beat goes on meanwhile and belongs to no step.
  const commands = () => broker.frames.slice(started.length).filter((frame) => !isHeartbeat(frame));
  const times = {};
  for (const [number, event, method, ...args] of STEPS) {
    const before = commands().length;
    times[event] = (times[event] ?? 0) + 1;
    await agent.call(method, ...args);
    await agent.event(event, { nth: times[event] });
    assert.deepEqual(commands().slice(before).map(comparable), (await captured(number)).map(comparable), `capture ${number}`);
  }
  return agent;
}

test('the frames are those of agent-sdk 1.1.65', async (t) => {
  const agent = await compareWithCaptures(t, OUR_SDK);
  // The wire says which protocol it is; the product has a version of its own.
  const { version } = JSON.parse(await readFile(`${PKG}package.json`, 'utf8'));
  assert.equal(await agent.call('getVersion'), version);
});

// Keeps this file honest: what it compares with is what the original does in the same browser, on the same server.
test('the captures are what agent-sdk 1.1.65 itself sends', async (t) => {
  await compareWithCaptures(t, ORIGINAL_SDK);
});
