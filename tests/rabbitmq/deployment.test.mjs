import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { Agent, optionsFor } from '../lib/agent.mjs';
import { launch, newTab, openTestPage, watchSockets } from '../lib/browser.mjs';
import { freePorts } from '../lib/child.mjs';
import { startRabbitmq } from '../lib/rabbitmq.mjs';
import { startSandbox } from '../lib/sandbox.mjs';

// The configuration that the page on deployment gives, in a real RabbitMQ.

const PASSWORDS = { agent: 'agents-passcode-4711', platform: 'platforms-passcode-0815' };
const KEY = '3f2b8c1e-9d04-4a57-8f6e-5b1c7a90d2e3';
const shared = {};

/** A file of the page, by the name that its block has. */
async function ofPage(name) {
  const page = await readFile(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  return page.match(new RegExp(`^\`\`\`\\w+ file=${name}\\n([^]*?)^\`\`\`$`, 'm'))[1];
}

/** As `rabbitmqctl hash_password` makes it. */
function hashOf(password) {
  const salt = Buffer.from('salt');
  const digest = createHash('sha256').update(Buffer.concat([salt, Buffer.from(password)])).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}

before(async () => {
  const folder = shared.folder = await mkdtemp(join(tmpdir(), 'deployment-'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost',
    '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')], { stdio: 'ignore' });
  let definitions = await ofPage('definitions.json');
  for (const [name, password] of Object.entries(PASSWORDS)) {
    definitions = definitions.replace(`HASH-OF-${name.toUpperCase()}`, hashOf(password));
  }
  await writeFile(join(folder, 'definitions.json'), definitions);
  const [prometheus, plain] = await freePorts(2);
  const text = await ofPage('rabbitmq.conf');
  const configured = ({ amqp, webStomp }) => `${text
    .replace('10.0.0.11:5672', `127.0.0.1:${amqp}`)
    .replace('port = 15674', `port = ${plain}`)
    .replace('port = 15673', `port = ${webStomp}`)
    .replaceAll('/etc/rabbitmq/tls', folder)
    .replaceAll('/etc/rabbitmq', folder)}
web_stomp.ssl.ip = 127.0.0.1
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = ${prometheus}
`;
  shared.prometheus = prometheus;
  shared.rabbitmq = await startRabbitmq({ configured, plugins: await ofPage('enabled_plugins') });
  const { amqp, webStomp } = shared.rabbitmq.ports;
  shared.url = `wss://127.0.0.1:${webStomp}/ws`;
  shared.sandbox = await startSandbox({ broker: `amqp://platform:${PASSWORDS.platform}@127.0.0.1:${amqp}/cc` });
  shared.browser = await launch();
});
after(async () => {
  await shared.browser?.close();
  await shared.sandbox?.stop();
  await shared.rabbitmq?.stop();
  if (shared.folder) await rm(shared.folder, { recursive: true });
});

test('an agent signs in, calls and wraps up over TLS with an account that may do no more', async (t) => {
  const profile = await shared.browser.newContext({ ignoreHTTPSErrors: true, permissions: ['local-network-access'] });
  profile.setDefaultTimeout(30_000);
  t.after(() => profile.close());
  await profile.addInitScript(watchSockets);
  const agent = new Agent(await newTab(t, profile));
  await openTestPage(agent.page, shared.sandbox.origin);
  await agent.start(optionsFor(shared.sandbox, { url: shared.url, host: 'cc', connectAccount: 'agent', connectPassword: PASSWORDS.agent }));
  await agent.event('Login');
  await agent.idle();
  await agent.dial('13800138000');
  const { data: { occCallId } } = await agent.event('Conversation');
  await shared.sandbox.hangUp(occCallId);
  await agent.event('After');
  const figures = await (await fetch(`http://127.0.0.1:${shared.prometheus}/metrics`)).text();
  for (const name of ['connections', 'queues', 'process_resident_memory_bytes', 'process_open_fds']) {
    assert.match(figures, new RegExp(`^rabbitmq_${name} \\d`, 'm'));
  }
});

/** What the broker does with a frame of the agents' account: a receipt, or the end of the link. */
async function answerTo(frame) {
  const socket = new WebSocket(shared.url, ['v11.stomp'], { rejectUnauthorized: false });
  const [command, ...rest] = frame;
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => resolve('the link has ended'));
      socket.on('open', () => socket.send(`CONNECT\nlogin:agent\npasscode:${PASSWORDS.agent}\nhost:cc\naccept-version:1.1\n\n\0`));
      socket.on('message', (data) => {
        const text = String(data).trimStart();
        if (text.startsWith('CONNECTED')) socket.send(`${command}\n${rest.join('\n')}\nreceipt:done\n\n\0`);
        if (text.startsWith('RECEIPT')) resolve('done');
      });
    });
  } finally {
    socket.terminate();
  }
}

const subscribe = (destination) => ['SUBSCRIBE', 'id:sub-0', `destination:${destination}`];
const send = (destination) => ['SEND', `destination:${destination}`];

test('what the toolbar needs is allowed', async () => {
  assert.equal(await answerTo(subscribe(`/topic/${KEY}`)), 'done');
  assert.equal(await answerTo(send('/exchange/ccs.request.exchange')), 'done');
});

for (const [what, frame] of [
  ['hearing all agents', subscribe('/topic/#')],
  ['hearing all agents by another sign', subscribe('/topic/*')],
  ['reading the commands of others', subscribe('/exchange/ccs.request.exchange')],
  ['a queue of one\'s own', subscribe('/queue/own')],
  ['telling another agent an event', send(`/topic/${KEY}`)],
  ['sending anywhere else', send('/queue/own')],
]) {
  test(`the agents' account is refused ${what}`, async () => {
    assert.equal(await answerTo(frame), 'the link has ended');
  });
}
