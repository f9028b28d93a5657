import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, withSandbox } from '../lib/agent.mjs';

const shared = withSandbox();
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

test('listeners are removed by their id or by their function, also those for one time', async (t) => {
  const agent = await logIn(t, shared);
  const answers = await agent.page.evaluate(() => {
    window.called = [];
    const listener = (name) => () => called.push(name);
    const byFunction = listener('by function');
    const onceByFunction = listener('once, by function');
    const byId = sdk.on('Idle', listener('by id'));
    const onceById = sdk.once('Idle', listener('once, by id'));
    sdk.on('Idle', byFunction);
    sdk.once('Idle', onceByFunction);
    sdk.on('Idle', listener('stays'));
    const onceThatStays = sdk.once('Idle', listener('once'));
    return {
      ids: [byId, onceById, onceThatStays],
      removed: [sdk.off('Idle', byId), sdk.off('Idle', onceById), sdk.off('Idle', byFunction), sdk.off('Idle', onceByFunction)],
      again: [sdk.off('Idle', byId), sdk.off('Idle', onceByFunction)],
      unknown: [sdk.off('Idle', 'no such id'), sdk.off('NoSuchEvent', byFunction)],
    };
  });
  for (const id of answers.ids) assert.match(id, UUID);
  assert.equal(new Set(answers.ids).size, 3);
  assert.deepEqual(answers.removed, [true, true, true, true]);
  assert.deepEqual(answers.again, [false, false]);
  assert.deepEqual(answers.unknown, [false, false]);

  await agent.idle();
  await agent.idle();
  assert.deepEqual(await agent.page.evaluate(() => called), ['stays', 'once', 'stays']);
});

test('a listener that throws does not stop the others', async (t) => {
  const agent = await logIn(t, shared, { allow: /thrown by a listener/ });
  await agent.page.evaluate(() => {
    window.called = [];
    sdk.on('Idle', () => { called.push('throws'); throw new Error('thrown by a listener'); });
    sdk.on('Idle', () => called.push('comes after'));
  });
  await agent.idle();
  await agent.idle();
  assert.deepEqual(await agent.page.evaluate(() => called), ['throws', 'comes after', 'throws', 'comes after']);
});

test('a listener may call methods and remove itself', async (t) => {
  const agent = await logIn(t, shared);
  await agent.page.evaluate(() => {
    window.called = [];
    const id = sdk.on('Idle', () => {
      called.push(sdk.off('Idle', id));
      sdk.busy('小休');
    });
    sdk.on('Idle', () => called.push('comes after'));
  });
  await agent.idle();
  const { data } = await agent.event('Busy');
  assert.equal(data.currentBusyType, '小休');
  assert.deepEqual(await agent.page.evaluate(() => called), [true, 'comes after']);
});
