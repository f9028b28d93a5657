// The file as a worker runs it, without a browser: a world of its own, with the few names that it uses there.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import vm from 'node:vm';
import { agent, answer, attend, ROSTER, START } from './load.mjs';

const source = await readFile(ROSTER, 'utf8');

/** A worker; `told` is what it said so far. */
function start() {
  const told = [];
  const scope = vm.createContext({ importScripts() {}, postMessage: (text) => told.push(text), close: () => { scope.closed = true; }, Intl });
  vm.runInContext(source, scope);
  return { scope, told, say: (data) => scope.onmessage({ data: structuredClone(data) }) };
}

const kinds = (told) => told.map((text) => Object.keys(JSON.parse(text))[0]);

test('a view is told when it is asked for, and again when it is another', () => {
  const { told, say } = start();
  say({ feed: answer([agent('1')]), group: 'g-sales', at: START });
  assert.deepEqual(told, [], 'nobody has asked yet');
  say({ want: { first: 0, count: 35 } });
  assert.deepEqual(kinds(told), ['groups', 'v']);
  assert.deepEqual(JSON.parse(told[0]), { groups: [['g-sales', '销售组']] });
  say({ feed: answer([agent('1', { operatingTime: 7000 })]), group: 'g-sales', at: START + 2000 });
  assert.equal(told.length, 2, 'only time went on');
  say({ feed: answer([agent('1', { nowState: 'Busy', operatingTime: 0 })]), group: 'g-sales', at: START + 4000 });
  say({ want: { first: 0, count: 35 } });
  assert.deepEqual(kinds(told), ['groups', 'v', 'v', 'v'], 'who asks is answered, even if it is the same');
  const views = told.slice(1).map((text) => JSON.parse(text));
  assert.deepEqual(views.map(({ v, rows }) => [v, rows[0][2]]), [[1, 'Idle'], [2, 'Busy'], [3, 'Busy']]);
});

test('a row that is as it was is not told again, unless somebody asks', () => {
  const { told, say } = start();
  const all = Array.from({ length: 200 }, (_, at) => agent(String(1000 + at)));
  const rows = () => JSON.parse(told.at(-1)).rows;
  say({ want: { first: 0, count: 2 } });
  say({ feed: answer(all), group: '', at: START });
  assert.deepEqual(rows().map(([number]) => number), all.slice(0, 82).map(({ agentNumber }) => agentNumber));
  all[3] = agent('1003', { nowState: 'Busy' });
  say({ feed: answer(all), group: '', at: START });
  assert.deepEqual(rows().map((row) => row && row[0]), [0, 0, 0, '1003', ...Array(78).fill(0)]);
  say({ want: { first: 0, count: 2 } });
  assert.equal(rows().includes(0), false, 'all of them');
  say({ want: { first: 60, count: 2 } });
  assert.deepEqual(rows().map(([number]) => number), all.slice(20, 102).map(({ agentNumber }) => agentNumber));
  all.splice(30, 1);
  say({ feed: answer(all), group: '', at: START });
  assert.deepEqual(rows().map((row) => row && row[0]), [...Array(10).fill(0), ...all.slice(30, 102).map(({ agentNumber }) => agentNumber)]);
  all.length = 90;
  say({ feed: answer(all), group: '', at: START });
  assert.deepEqual(rows(), Array(70).fill(0), 'fewer rows are news as well');
});

test('what happens behind the edge of the view is only counted', () => {
  const { told, say } = start();
  const all = Array.from({ length: 1000 }, (_, at) => agent(String(1000 + at)));
  say({ feed: answer(all), group: 'g-sales', at: START });
  say({ want: { first: 0, count: 35 } });
  all[900] = agent('1900', { nowState: 'Busy' });
  say({ feed: answer(all), group: 'g-sales', at: START });
  const { rows, counts } = JSON.parse(told.at(-1));
  assert.deepEqual([rows, counts.busy, told.length], [Array(115).fill(0), 1, 3]);
  all[901] = agent('1901', { agentName: '新名' });
  say({ feed: answer(all), group: 'g-sales', at: START });
  assert.equal(told.length, 3, 'nothing to be seen of it');
});

test('groups are told before the view that needs them, and only when they change', () => {
  const { told, say } = start();
  say({ want: { first: 0, count: 35 } });
  say({ feed: answer([agent('1', { groupList: [{ id: 'g-vip', name: 'VIP' }] })]), group: 'g-vip', at: START });
  say({ feed: answer([agent('1', { groupList: [{ id: 'g-vip', name: 'VIP' }] }), agent('2')]), group: 'g-vip', at: START });
  say({ feed: answer([agent('1', { groupList: [{ id: 'g-vip', name: 'VIP' }] })]), group: 'g-vip', at: START });
  assert.deepEqual(kinds(told), ['groups', 'v', 'groups', 'v', 'groups', 'v', 'v']);
});

test('a tick tells the hour, and the view where time alone made somebody late', () => {
  const { told, say } = start();
  say({ feed: answer([agent('1', { nowState: 'After', operatingTime: 0 })]), group: 'g-sales', at: START });
  say({ want: { first: 0, count: 35, limits: { wrap: 30_000 } } });
  told.length = 0;
  say({ tick: START + 30_000, queue: 4 });
  assert.deepEqual(kinds(told), ['series']);
  say({ tick: START + 30_001 });
  assert.deepEqual(kinds(told), ['series', 'series', 'v']);
  const { series, at } = JSON.parse(told[1]);
  assert.deepEqual([series.states.at(-1), series.queue.at(-1), at], [[0, 0, 0, 1], 4, START + 30_001]);
});

test('the hour that was told is taken back by the next worker', () => {
  const [before, after] = [start(), start()];
  before.say({ feed: answer([agent('1')]), group: '', at: START });
  before.say({ tick: START, queue: 4 });
  after.say({ restore: before.told.at(-1) });
  after.say({ feed: answer([]), group: '', at: START + 60_000 });
  after.say({ tick: START + 60_000, queue: 2 });
  const { series } = JSON.parse(after.told.at(-1));
  assert.deepEqual([series.states.slice(-2), series.queue.slice(-2)], [[[0, 1, 0, 0], [0, 0, 0, 0]], [4, 2]]);
});

test('a text that is no answer ends nothing', () => {
  const { told, say } = start();
  say({ want: { first: 0, count: 35 } });
  for (const feed of ['', '{', 'MESSAGE\n\n{\0', '\0']) say({ feed, group: '', at: START });
  say({ restore: '{' });
  say({ feed: answer([agent('1')]), group: '', at: START });
  assert.equal(JSON.parse(told.at(-1)).total, 1);
});

test('it ends when it is told to', () => {
  const { scope, told, say } = start();
  say({ end: 1 });
  assert.deepEqual([scope.closed, told], [true, []]);
});

test('a page that may start no worker calls the same, and its own messages stay its own', () => {
  const scope = vm.createContext({ Intl });
  vm.runInContext(source, scope);
  assert.equal(scope.onmessage, undefined);
  const told = [];
  const hear = attend((text) => told.push(text));
  hear({ want: { first: 0, count: 35 } });
  hear({ feed: answer([agent('1')]), group: '', at: START });
  assert.deepEqual(kinds(told), ['groups', 'v', 'groups', 'v']);
});
