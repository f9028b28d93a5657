import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAgent, optionsFor, withSandbox } from '../lib/agent.mjs';
import { freePorts } from '../lib/child.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();

test('what the broker says in an ERROR frame is shown', async (t) => {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { host: '/no-such-host' }));
  const frame = await until(async () => (await agent.sockets()).flatMap(({ received }) => received)
    .find((text) => text.startsWith('ERROR')), { what: 'the broker sends ERROR' });
  const reason = frame.match(/\r?\n\r?\n([^\0]*)/)[1].trim() || frame.match(/^message:(.*)$/m)[1].trim();
  assert.notEqual(reason, '');
  await until(async () => (await agent.values('Exception')).some(({ message }) => message.includes(reason)),
    { what: `an Exception with: ${reason}` });
});

async function cannotReach(t, url) {
  const agent = await openAgent(t, shared);
  await agent.start(optionsFor(shared.sandbox, { url }));
  // A browser does not tell a page which of these it was, so the sentence names them all.
  const message = await agent.exception(/拒绝/);
  for (const cause of [/主机|域名/, /TLS|证书/, /子协议|sub-?protocol/i]) assert.match(message, cause);
  // The first connection counts as well: a page opened while the server is down must come up by itself.
  await until(async () => (await agent.sockets()).length >= 3, { what: 'it goes on trying', bound: 120_000 });
  assert.equal(await agent.call('isConnected'), false);
}

test('an unknown host is named as a possible cause, and tried again', (t) => cannotReach(t, 'ws://unknown.invalid/ws'));

test('a refused connection is named as a possible cause, and tried again', async (t) => {
  const [port] = await freePorts(1);
  await cannotReach(t, `ws://127.0.0.1:${port}/ws`);
});
