import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn } from '../lib/agent.mjs';
import { launch } from '../lib/browser.mjs';
import { startRabbitmq } from '../lib/rabbitmq.mjs';
import { startSandbox } from '../lib/sandbox.mjs';

test('an agent logs in, calls and talks through a real RabbitMQ', async (t) => {
  let rabbitmq, sandbox, browser;
  t.after(async () => {
    await browser?.close();
    await sandbox?.stop();
    await rabbitmq?.stop();
  });
  rabbitmq = await startRabbitmq();
  sandbox = await startSandbox({ broker: rabbitmq.amqp });
  browser = await launch();

  const agent = await logIn(t, { sandbox, browser }, { more: { url: rabbitmq.webStomp } });
  const [{ url, received }] = await agent.sockets();
  assert.equal(url, rabbitmq.webStomp);
  assert.match(received[0], /^CONNECTED\n(.+\n)*server:RabbitMQ/);

  await agent.idle();
  await agent.dial('13800138000');
  const { data: call } = await agent.event('Conversation');
  await agent.chipShows('通话中');
  await sandbox.hangUp(call.occCallId);
  const { data } = await agent.event('After');
  assert.equal(data.hangupDirection, 1);
  await agent.chipShows('话后');
});
