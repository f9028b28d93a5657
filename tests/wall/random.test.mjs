// Any answers, any questions: the roster shows what filtering and sorting everything anew would show.
//
//   WALL_SEED=n node --test wall/random.test.mjs     plays one seed alone
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, KINDS, Roster, START } from './load.mjs';
import { Oracle } from './oracle.mjs';

const SEEDS = process.env.WALL_SEED ? [Number(process.env.WALL_SEED)] : Array.from({ length: 300 }, (_, seed) => seed);
const STEPS = 60;

/** Numbers that only depend on the seed (mulberry32). */
function chance(seed) {
  let state = seed;
  const below = (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
  return { below, one: (list) => list[below(list.length)], often: (percent) => below(100) < percent };
}

const NUMBERS = [
  '1', '01', '1-3', '13', '2', '10', '９', 'a7', 'A8', '__proto__', 'constructor', 'toString', '<b>5</b>', ' 6 ', '',
  ...Array.from({ length: 60 }, (_, at) => String(6000 + at)),
];
const NAMES = ['王伟', '李秀英', '张 伟', '欧阳雨桐', 'Zhang Wei', 'ＷＡＮＧ', 'wang', '', '<img src=x>', '6003', '😀', null, undefined, 7];
const STATES = [...KINDS.keys(), 'Login', 'Logout', 'CancelCall', 'Lunch', 'constructor', '', null, undefined];
const PARTIES = ['13800138000', '13900138000', '02188886210', '1002', '', '', '', null, undefined, 1002, 13800138001];
const DIRECTIONS = [0, 1, '0', '1', '', null, undefined, 2, 'constructor'];
const GROUPS = [{ id: 'g-sales', name: '销售组' }, { id: 'g-support', name: '客服组' }, { id: 'g-vip', name: '' }, { id: 8, name: 'Night' }];
const SEARCHES = [' ', '王', 'wang', 'WANG', '６００', '60', '138 0013 8000', '8000', '0013', '1002', '-', '<', 'nobody'];
const SORTS = ['number', 'name', 'state', 'group', 'time', 'party', 'direction', 'no such column', undefined];
const LIMITS = [undefined, {}, { talk: 60_000, wrap: 10_000 }, { busy: 1, ready: 300_000, other: 1000, talk: 0 }];

/** A duration as platforms write it, or the moment when it began. */
function duration({ below, one }, at) {
  const passed = one([0, 1, 1499, 1500, 1501, below(600_000)]);
  return one([passed, passed, String(passed), at - passed, -passed, undefined, null, '', 'soon']);
}

function groupList({ below, one, often }) {
  if (often(15)) return one([null, undefined, [], [null, { name: 'nothing' }, 'x'], 'g-sales']);
  const from = below(GROUPS.length);
  return often(30) ? [GROUPS[from], GROUPS[(from + 1) % GROUPS.length]] : [GROUPS[from]];
}

const item = (random, agentNumber, at) => ({
  agentNumber,
  agentName: random.one(NAMES),
  nowState: random.one(STATES),
  operatingTime: duration(random, at),
  peerId: random.one(PARTIES),
  callDirection: random.one(DIRECTIONS),
  groupList: groupList(random),
});

/** An answer some time after the last: most are as they were, some are new, some are gone. */
function next(random, before, at) {
  const kept = before.filter(() => !random.often(5)).map((old) => {
    if (random.often(10)) return item(random, old?.agentNumber, at);
    const since = parseFloat(old?.operatingTime);
    return old && since >= 0 && since < 1e12 ? { ...old, operatingTime: since + random.one([1000, 2000, 3600]) } : old;
  });
  for (let more = random.below(12); more > 0; more -= 1) {
    const number = random.one(NUMBERS);
    if (kept.every((one) => one?.agentNumber !== number)) kept.splice(random.below(kept.length + 1), 0, item(random, number, at));
  }
  if (random.often(5)) kept.push(random.one([null, 3, 'x', { agentNumber: null }, { agentNumber: {} }]));
  return kept;
}

/** Three times of four nothing in particular: all wishes at once are nobody's. */
const perhaps = (random, list) => (random.often(25) ? random.one(list) : random.one(['', undefined]));

const question = (random) => ({
  first: random.one([0, 0, 3, 45, 500]),
  count: random.one([0, 5, 35]),
  group: perhaps(random, ['g-sales', 'g-support', '8', 'no such group']),
  state: perhaps(random, ['talk', 'ready', 'busy', 'wrap', 'other', 'late']),
  direction: perhaps(random, ['inbound', 'outbound']),
  search: perhaps(random, SEARCHES),
  sort: random.one(SORTS),
  down: random.often(50),
  hold: random.often(50),
  limits: random.one(LIMITS),
  focus: random.one(['', ...NUMBERS]),
});

/** A frame or its body, its list by either name. */
function told(random, items) {
  const body = answer(items, random.one(['agentList', 'infoList']));
  const [line, before] = [random.one(['\n', '\r\n']), random.one(['', '\n'])];
  return random.often(50) ? body : `${before}MESSAGE${line}destination:/topic/a${line}${line}${body}\0\n`;
}

/** Plays one seed; gives how many rows were compared. */
function play(seed) {
  const random = chance(seed);
  const [roster, oracle] = [new Roster(), new Oracle()];
  const last = { '': [], 'g-sales': [], 'g-support': [], 8: [] };
  let [at, want, rows] = [START, question(random), 0];
  for (let step = 0; step < STEPS; step += 1) {
    at += random.one([0, 1000, 2000, 30_000]);
    if (random.often(60)) {
      const group = random.often(20) ? '' : random.one(Object.keys(last));
      last[group] = next(random, last[group], at);
      const before = oracle.known();
      // What JSON cannot say is not in an answer either.
      oracle.feed(JSON.parse(JSON.stringify(last[group])), group, at);
      const news = roster.feed(told(random, last[group]), group, at);
      assert.ok(news || before === oracle.known(), `seed ${seed}, step ${step}: something is new, and nothing was said of it`);
    } else {
      roster.sample(at, undefined);
      oracle.at = at;
    }
    if (random.often(40)) want = { ...question(random), ...(random.often(50) && { hold: true }) };
    else if (random.often(50)) want = { ...want, first: random.one([0, 7, 60]), hold: random.often(80) };
    const expected = oracle.view(want);
    assert.deepEqual(roster.view(want), expected, `WALL_SEED=${seed} replays this; step ${step}, ${JSON.stringify(want)}`);
    rows += expected.rows.length;
  }
  return rows;
}

test('whatever comes and whatever is asked for, the view is that of filtering and sorting everything anew', (t) => {
  let rows = 0;
  for (const seed of SEEDS) rows += play(seed);
  t.diagnostic(`seeds ${SEEDS[0]} to ${SEEDS.at(-1)}, ${rows} rows`);
  // Had the wishes left nobody, nothing would be shown by it.
  assert.ok(rows > 3 * SEEDS.length * STEPS, `only ${rows} rows were compared`);
});
