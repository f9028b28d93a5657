import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCollector } from '../lib/fake-collector.mjs';
import { agentWithPhone, withPhones } from '../lib/phone-agent.mjs';
import { until } from '../lib/until.mjs';

const shared = withPhones();

test('how a call in the page sounds is told while it lasts, and the worst of it with the call', async (t) => {
  const collector = await startCollector(t);
  const agent = await agentWithPhone(t, shared, { more: { autoAnswer: true, telemetry: { url: collector.url, interval: 100 } } });
  await agent.idle();
  const callId = await shared.sandbox.callIn({ from: '13912345678', agent: '1001' });
  await agent.event('Conversation');
  const measured = (name) => until(() => collector.metric(`agent_toolbar.call.${name}`)?.[0], { what: `${name} is told` });
  const { asDouble: mos } = await measured('mos');
  assert.ok(mos >= 1 && mos <= 4.5, `mos ${mos}`);
  for (const name of ['jitter', 'loss', 'round_trip']) assert.ok((await measured(name)).asDouble >= 0, name);
  await shared.sandbox.hangUp(callId);
  const { attributes } = await collector.span('call');
  assert.ok(attributes['agent_toolbar.call.mos.min'] >= 1 && attributes['agent_toolbar.call.mos.min'] <= 4.5);
  await until(() => collector.metric('agent_toolbar.calls') && !JSON.stringify(collector.taken.at(-1).json).includes('call.mos"'), { what: 'it is told no longer' });
  assert.equal(collector.taken.some(({ body }) => /13912345678|sip-1001/.test(body)), false);
});
