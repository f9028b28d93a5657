import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { agent, ALL, answer, KINDS, numbers, Roster, START } from './load.mjs';

/** A roster that was told of these agents at the beginning. */
function rosterOf(...agents) {
  const roster = new Roster();
  roster.feed(answer(agents), 'g-sales', START);
  return roster;
}

const row = (roster, number, want) => roster.view({ ...ALL, ...want }).rows.find(([one]) => one === number);

test('the list is read by either name, in a frame or alone, whatever ends its lines', () => {
  for (const list of ['agentList', 'infoList']) {
    for (const line of ['\n', '\r\n']) {
      const body = answer([agent('6001')], list);
      for (const text of [body, `MESSAGE${line}subscription:sub-0${line}${line}${body}\0\n`, `\n\nMESSAGE${line}a:b${line}${line}${body}\0`]) {
        const roster = new Roster();
        assert.equal(roster.feed(text, 'g-sales', START), true, JSON.stringify(text.slice(0, 40)));
        assert.deepEqual(numbers(roster.view(ALL)), ['6001']);
      }
    }
  }
});

test('what is no answer to surveillance changes nothing', () => {
  const roster = rosterOf(agent('6001'));
  const before = roster.view(ALL);
  const cut = answer([agent('6002')]).slice(0, -3);
  for (const text of ['', '\n', 'ERROR\n\nno\0', '{', 'null', '[]', '{"data":null}', '{"data":{"agentList":0}}', cut, `MESSAGE\n\n${cut}\0\n`]) {
    assert.equal(roster.feed(text, 'g-sales', START + 2000), false, text);
    assert.deepEqual(roster.view(ALL), before, text);
  }
});

test('an agent is shown as the platform says', () => {
  const roster = rosterOf(agent('6001', {
    agentName: '李敏', nowState: 'Conversation', operatingTime: 90_000, peerId: '13800138000', callDirection: 0,
    groupList: [{ id: 'g-support', name: '客服组' }, { id: 'g-sales', name: '销售组' }],
  }));
  assert.deepEqual(row(roster, '6001'), ['6001', '李敏', 'Conversation', 'g-support', START - 90_000, '13800138000', 'inbound', 0]);
  assert.deepEqual(roster.groups(), [['g-support', '客服组'], ['g-sales', '销售组']]);
});

test('numbers may be texts and texts numbers', () => {
  const roster = rosterOf(agent(6001, {
    nowState: 'Hold', operatingTime: '90000', peerId: 1002, callDirection: '1', groupList: [{ id: 8, name: 24 }],
  }));
  assert.deepEqual(row(roster, '6001'), ['6001', '座席6001', 'Hold', '8', START - 90_000, '1002', 'outbound', 0]);
  assert.deepEqual(roster.groups(), [['8', '24'], ['g-sales', 'g-sales']]);
});

test('what is absent is empty, and who has no number is nobody', () => {
  const bare = { agentNumber: '6001' };
  const roster = rosterOf(bare, { agentName: '无号' }, agent(null), agent({}), agent(''), null, 3, [], 'x');
  assert.deepEqual(roster.view(ALL).rows, [['6001', '', '', 'g-sales', START, '', '', 0]]);
  assert.equal(roster.view(ALL).counts.other, 1);
});

test('words that mean something to JavaScript are words', () => {
  const words = ['__proto__', 'constructor', 'hasOwnProperty'];
  const roster = rosterOf(...words.map((one) => agent(one, {
    agentName: one, nowState: one, callDirection: one, peerId: one, groupList: [{ id: one, name: one }],
  })));
  for (const one of words) assert.deepEqual(row(roster, one), [one, one, one, one, START - 5000, one, '', 0]);
  assert.equal(roster.view(ALL).counts.other, words.length);
});

test('agents whose numbers look alike are different people', () => {
  const alike = ['1', '01', '1-3', '13', '1 3'];
  const roster = rosterOf(...alike.map((number) => agent(number)));
  assert.deepEqual(numbers(roster.view(ALL)).sort(), alike.toSorted());
});

test('every state in which there is a call counts as one, as it does for the agent', async () => {
  const source = await readFile(new URL('../../crates/agent/src/state.rs', import.meta.url), 'utf8');
  const of = (name) => source.split(`fn ${name}(`)[1].split('State::Told(')[1].split(')')[0].match(/\w+/g);
  const inCall = [...of('talking'), ...of('setting_up')];
  assert.ok(inCall.includes('Conversation') && inCall.includes('AgentRinging'));
  const talk = [...KINDS].filter(([, kind]) => kind === 'talk').map(([state]) => state);
  assert.deepEqual(talk.sort(), inCall.sort());
  assert.deepEqual([...KINDS].filter(([, kind]) => kind !== 'talk'), [['Idle', 'ready'], ['Busy', 'busy'], ['After', 'wrap']]);
});

// ── since when ──────────────────────────────────────────────────────────────────────────────────────────────────────

test('a state began when its duration says, and an answer that was slow to arrive moves nothing', () => {
  const roster = rosterOf(agent('6001', { operatingTime: 5000 }));
  for (const [late, moved] of [[1500, false], [-1500, false], [1501, true]]) {
    const news = roster.feed(answer([agent('6001', { operatingTime: 7000 - late })]), 'g-sales', START + 2000);
    assert.equal(news, moved, `${late} ms`);
    assert.equal(row(roster, '6001')[4], START - 5000 + (moved ? late : 0), `${late} ms`);
  }
});

test('another state begins anew, with a duration or without', () => {
  const roster = rosterOf(agent('6001', { operatingTime: 1000 }));
  roster.feed(answer([agent('6001', { nowState: 'Busy', operatingTime: 400 })]), 'g-sales', START + 500);
  assert.equal(row(roster, '6001')[4], START + 100);
  for (const operatingTime of [undefined, null, '', 'soon', {}]) {
    roster.feed(answer([agent('6001', { nowState: 'Idle', operatingTime })]), 'g-sales', START + 4000);
    assert.equal(row(roster, '6001')[4], START + 4000, String(operatingTime));
    assert.equal(roster.feed(answer([agent('6001', { nowState: 'Idle', operatingTime })]), 'g-sales', START + 9000), false);
    roster.feed(answer([agent('6001', { nowState: 'Busy', operatingTime: 0 })]), 'g-sales', START + 9000);
  }
});

test('a moment in the place of a duration is understood, and none lies ahead', () => {
  const roster = rosterOf(...[START - 90_000, START + 90_000, -90_000].map((operatingTime, at) => agent(String(at), { operatingTime })));
  assert.deepEqual(roster.view(ALL).rows.map((one) => one[4]), [START - 90_000, START, START]);
  const huge = new Roster();
  huge.feed('{"data":{"agentList":[{"agentNumber":"1","operatingTime":1e999}]}}', '', START);
  assert.equal(huge.view(ALL).rows[0][4], START);
});

test('who is longer in a state than its limit is late, by an answer or by time alone', () => {
  const roster = rosterOf(agent('1', { nowState: 'After', operatingTime: 0 }), agent('2', { nowState: 'Busy', operatingTime: 0 }));
  const want = { ...ALL, limits: { wrap: 60_000 } };
  const late = () => roster.view({ ...want, state: 'late' });
  roster.sample(START + 60_000);
  assert.deepEqual(numbers(late()), []);
  roster.sample(START + 60_001);
  assert.deepEqual(numbers(late()), ['1']);
  assert.deepEqual(roster.view(want).rows.map((one) => one.at(-1)), [1, 0]);
  assert.equal(roster.view(want).counts.late, 1);
  roster.feed(answer([agent('2', { nowState: 'After', operatingTime: 70_000 })]), 'g-sales', START + 62_000);
  assert.deepEqual(numbers(late()), ['2']);
  for (const [limits, counted] of [[want.limits, 1], [undefined, 0], [{ wrap: 0 }, 0], [{ wrap: 1 }, 1], [{ busy: 1 }, 0]]) {
    assert.equal(roster.view({ ...ALL, limits }).counts.late, counted, JSON.stringify(limits));
  }
});

// ── groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────

test('an answer about a group says nothing of others', () => {
  const roster = new Roster();
  const [sales, support] = [{ groupList: [{ id: 'g-sales' }] }, { groupList: [{ id: 'g-support' }] }];
  const both = { groupList: [{ id: 'g-sales' }, { id: 'g-support' }] };
  roster.feed(answer([agent('1', sales), agent('2', both)]), 'g-sales', START);
  roster.feed(answer([agent('2', both), agent('3', support)]), 'g-support', START);
  assert.deepEqual(numbers(roster.view(ALL)), ['1', '2', '3']);
  assert.deepEqual(numbers(roster.view({ ...ALL, group: 'g-sales' })), ['1', '2']);
  assert.deepEqual(numbers(roster.view({ ...ALL, group: 'g-support' })), ['2', '3']);
  assert.equal(roster.feed(answer([]), 'g-sales', START), true);
  assert.deepEqual(numbers(roster.view(ALL)), ['2', '3'], 'who is in another group stays');
  assert.equal(roster.feed(answer([]), 'g-support', START), true);
  assert.deepEqual(numbers(roster.view(ALL)), []);
});

test('who is named by the answer about a group is in it, even if the list of groups is missing', () => {
  const roster = new Roster();
  const unnamed = agent('1', { groupList: null });
  assert.equal(roster.feed(answer([unnamed]), 'g-sales', START), true);
  assert.equal(roster.feed(answer([unnamed]), 'g-support', START), true, 'a member is news');
  for (const group of ['g-sales', 'g-support']) assert.deepEqual(row(roster, '1', { group })[3], group);
  assert.equal(roster.feed(answer([]), 'g-sales', START), true, 'a member who left is news');
  assert.deepEqual(numbers(roster.view({ ...ALL, group: 'g-sales' })), []);
  assert.equal(row(roster, '1')[3], 'g-support');
});

test('one who joins a group where another leaves is news, though both are known', () => {
  const roster = new Roster();
  const [first, second] = [agent('1', { groupList: null }), agent('2', { groupList: null })];
  roster.feed(answer([first, second]), 'g-sales', START);
  roster.feed(answer([first]), 'g-support', START);
  assert.equal(roster.feed(answer([second]), 'g-support', START), true);
  assert.deepEqual(numbers(roster.view({ ...ALL, group: 'g-support' })), ['2']);
});

test('a group that is called otherwise now is called so', () => {
  const roster = rosterOf(agent('1'));
  assert.equal(roster.feed(answer([agent('1', { groupList: [{ id: 'g-sales', name: '销售二组' }] })]), 'g-sales', START), true);
  assert.deepEqual(roster.groups(), [['g-sales', '销售二组']]);
});

test('an answer about all groups takes the place of all, and one about a group takes its own out again', () => {
  const roster = rosterOf(agent('1'), agent('2'));
  roster.feed(answer([agent('2'), agent('3', { groupList: [{ id: 'g-support' }] })]), '', START);
  assert.deepEqual(numbers(roster.view(ALL)), ['2', '3']);
  roster.feed(answer([]), 'g-sales', START);
  assert.deepEqual(numbers(roster.view(ALL)), ['3']);
});

// ── filter and order ────────────────────────────────────────────────────────────────────────────────────────────────

test('people are found by name or number, however large, wide or narrow it is written', () => {
  const roster = rosterOf(agent('6021', { agentName: '李敏' }), agent('A7', { agentName: 'Zhang Wei' }), agent('6022', { agentName: '李 伟' }));
  for (const [search, found] of [
    ['李', ['6021', '6022']], ['敏', ['6021']], ['602', ['6021', '6022']], [' ６０２１ ', ['6021']], ['zhang w', ['A7']], ['ＷＥＩ', ['A7']],
    ['a7', ['A7']], ['limin', []], ['', ['6021', '6022', 'A7']],
  ]) assert.deepEqual(numbers(roster.view({ ...ALL, search })), found, search);
});

test('a party is found by the whole number or its last four digits, never by what may be hidden', () => {
  const roster = rosterOf(agent('1', { nowState: 'Hold', peerId: '13800132214' }), agent('2', { nowState: 'Hold', peerId: '66662214' }), agent('3'));
  for (const [search, found] of [
    ['13800132214', ['1']], ['138 0013-2214', ['1']], ['2214', ['1']], ['66662214', ['2']], ['0013', []], ['13800', []], ['32214', []], ['-', []],
  ]) assert.deepEqual(numbers(roster.view({ ...ALL, search })), found, search);
});

test('filters go together, and the counts are those of every kind that the others leave', () => {
  const roster = rosterOf(
    agent('1', { nowState: 'Conversation', callDirection: 0, agentName: '王伟' }),
    agent('2', { nowState: 'Hold', callDirection: 1, agentName: '王静' }),
    agent('3', { nowState: 'Busy', agentName: '王艳' }),
    agent('4', { nowState: 'After', agentName: '陈浩' }),
    agent('5', { nowState: 'Login', agentName: '王洋' }),
  );
  const view = roster.view({ ...ALL, search: '王', state: 'talk' });
  assert.deepEqual(numbers(view), ['1', '2']);
  assert.deepEqual(view.counts, { talk: 2, ready: 0, busy: 1, wrap: 0, other: 1, late: 0 });
  assert.deepEqual([view.total, view.shown], [5, 2]);
  assert.deepEqual(numbers(roster.view({ ...ALL, direction: 'outbound' })), ['2']);
});

test('a direction without a call is not shown', () => {
  const roster = rosterOf(agent('1', { callDirection: 0 }), agent('2', { callDirection: 1, nowState: 'After', peerId: '1002' }));
  assert.deepEqual(roster.view(ALL).rows.map((one) => one[6]), ['', 'outbound']);
});

test('every column puts people in order, both ways, and the number decides between equals', () => {
  const roster = rosterOf(
    agent('10', { agentName: '张伟', nowState: 'Busy', operatingTime: 9000, groupList: [{ id: 'b', name: '甲组' }] }),
    agent('9', {
      agentName: '陈浩', nowState: 'Conversation', operatingTime: 2000, peerId: '1002', callDirection: 1, groupList: [{ id: 'a', name: '乙组' }],
    }),
    agent('100', {
      agentName: '陈浩', nowState: 'Hold', operatingTime: 60_000, peerId: '1001', callDirection: 0, groupList: [{ id: 'b', name: '甲组' }],
    }),
  );
  for (const [sort, up, down] of [
    ['number', '9 10 100', '100 10 9'], ['name', '9 100 10', '10 9 100'], ['state', '9 100 10', '10 100 9'], ['group', '10 100 9', '9 10 100'],
    ['time', '9 10 100', '100 10 9'], ['party', '10 100 9', '9 100 10'], ['direction', '10 100 9', '9 100 10'], ['nonsense', '9 10 100', '100 10 9'],
  ]) {
    assert.equal(numbers(roster.view({ ...ALL, sort })).join(' '), up, sort);
    assert.equal(numbers(roster.view({ ...ALL, sort, down: true })).join(' '), down, `${sort}, down`);
  }
});

// ── the order that is held ──────────────────────────────────────────────────────────────────────────────────────────

test('a held order keeps every place, shows what is so now, and says how much waits', () => {
  const roster = rosterOf(agent('1'), agent('2'), agent('3'));
  const want = { ...ALL, sort: 'state', hold: true };
  assert.equal(roster.view(want).pending, 0);
  const busy = agent('2', { nowState: 'Busy' });
  roster.feed(answer([busy, agent('3'), agent('4')]), 'g-sales', START);
  const held = roster.view(want);
  assert.deepEqual(held.rows.map(([number, , state, , , , , mark]) => [number, state, mark]), [['1', 'Idle', 2], ['2', 'Busy', 0], ['3', 'Idle', 0]]);
  assert.equal(held.pending, 3, 'one came, one went, one moves');
  assert.equal(held.total, 3);
  const loose = roster.view({ ...want, hold: false });
  assert.deepEqual(numbers(loose), ['3', '4', '2']);
  assert.equal(loose.pending, 0);
  assert.deepEqual(numbers(roster.view(want)), ['3', '4', '2'], 'held anew from here');
});

test('who comes back while the order is held is at the old place again', () => {
  const roster = rosterOf(agent('1'), agent('2'));
  const want = { ...ALL, hold: true };
  roster.view(want);
  roster.feed(answer([agent('2')]), 'g-sales', START);
  assert.deepEqual([row(roster, '1', { hold: true }).at(-1), roster.view(want).pending], [2, 1]);
  roster.feed(answer([agent('2'), agent('1')]), 'g-sales', START);
  assert.deepEqual([row(roster, '1', { hold: true }).at(-1), roster.view(want).pending], [0, 0]);
});

test('another filter or column lets go of the held order', () => {
  const roster = rosterOf(agent('1', { agentName: '王伟' }), agent('2', { agentName: '陈浩' }));
  roster.view({ ...ALL, hold: true });
  roster.feed(answer([agent('2', { agentName: '陈浩' }), agent('3', { agentName: '王静' })]), 'g-sales', START);
  const view = roster.view({ ...ALL, hold: true, search: '王' });
  assert.deepEqual([numbers(view), view.pending], [['3'], 0]);
});

// ── the window ──────────────────────────────────────────────────────────────────────────────────────────────────────

test('only the rows around the view are given, and never from behind the end', () => {
  const roster = rosterOf(...Array.from({ length: 10_000 }, (_, at) => agent(String(10_000 + at))));
  for (const [first, from, to] of [[0, 0, 115], [5000, 4960, 5075], [9990, 9925, 10_000], [1e9, 9925, 10_000]]) {
    const view = roster.view({ first, count: 35 });
    assert.deepEqual([view.from, view.rows[0][0], view.rows.at(-1)[0], view.total], [from, String(10_000 + from), String(10_000 + to - 1), 10_000]);
  }
});

test('whose row has the focus is told where that row is now', () => {
  const roster = rosterOf(...Array.from({ length: 500 }, (_, at) => agent(String(1000 + at))));
  const focus = (number, want) => roster.view({ first: 0, count: 5, focus: number, ...want }).focus;
  for (const [number, want, at] of [['1400', {}, 400], ['1400', { down: true }, 99], ['1400', { state: 'busy' }, -1], ['', {}, -1]]) {
    assert.equal(focus(number, want), at, JSON.stringify(want));
  }
});

// ── the last hour ───────────────────────────────────────────────────────────────────────────────────────────────────

const MINUTE = 60_000;

test('each minute has its last states and its longest queue, and none is invented', () => {
  const unheard = new Roster();
  unheard.sample(START, 9);
  assert.deepEqual(unheard.series(), { states: Array(60).fill(null), queue: Array(60).fill(null) });
  const roster = rosterOf(agent('1', { nowState: 'Hold' }), agent('2'), agent('3', { nowState: 'Login' }));
  roster.sample(START, 9);
  roster.sample(START + 10_000, 4);
  roster.feed(answer([agent('2', { nowState: 'After' })]), 'g-sales', START + 20_000);
  roster.sample(START + 20_000);
  roster.sample(START + 3 * MINUTE);
  const { states, queue } = roster.series();
  assert.deepEqual([states.length, queue.length], [60, 60]);
  assert.deepEqual(states.slice(-4), [[0, 0, 0, 1], null, null, [0, 0, 0, 1]]);
  assert.deepEqual(queue.slice(-4), [9, null, null, null]);
  roster.sample(START + 59 * MINUTE);
  assert.deepEqual(roster.series().queue[0], 9);
  roster.sample(START + 60 * MINUTE);
  assert.equal(roster.series().queue.includes(9), false, 'an hour is an hour');
});

test('a page that was loaded again has its hour back, and nobody\'s name was kept for it', () => {
  const roster = rosterOf(agent('6001', { agentName: '李敏', nowState: 'Hold', peerId: '13800138000' }));
  roster.sample(START, 3);
  roster.sample(START + 2 * MINUTE, 5);
  const kept = roster.save();
  assert.doesNotMatch(kept, /6001|李敏|13800138000|sales/);
  const again = rosterOf();
  again.sample(START + 2 * MINUTE, 7);
  again.restore(kept);
  again.sample(START + 3 * MINUTE);
  assert.deepEqual(again.series().states.slice(-4), [[1, 0, 0, 0], null, [0, 0, 0, 0], [0, 0, 0, 0]]);
  assert.deepEqual(again.series().queue.slice(-4), [3, null, 7, null], 'what was seen since counts more');
});

test('an hour that is not one is left alone', () => {
  const roster = rosterOf(agent('1'));
  roster.sample(START, 2);
  const before = roster.save();
  const hour = (states, queue = Array(60).fill(1), at = START) => JSON.stringify({ series: { states, queue }, at });
  const bad = [['a', 0, 0, 0], [1, 2, 3], [0.5, 0, 0, 0], { length: 4 }, 7, [1, 2, 3, 4, 5]];
  for (const text of [
    '', '{', 'null', '[]', '{"series":{}}', hour([]), hour(Array(61).fill([9, 9, 9, 9])), hour(Array(60).fill([9, 9, 9, 9]), 0),
    hour(Array(60).fill([9, 9, 9, 9]), Array(60).fill(1), 'now'), ...bad.map((one) => hour(Array(60).fill(one))),
    hour(Array(60).fill([9, 9, 9, 9]), Array(60).fill(1), START - 120 * MINUTE),
  ]) {
    roster.restore(text);
    roster.sample(START);
    assert.equal(roster.save(), before, text.slice(0, 80));
  }
  roster.restore(hour(Array(60).fill([9, 9, 9, 9]), Array(60).fill('many'), START + 120 * MINUTE));
  roster.sample(START + MINUTE);
  roster.sample(START + 90 * MINUTE);
  assert.equal(roster.save().includes('9,9,9,9'), false, 'nothing is known of what is still to come');
});
