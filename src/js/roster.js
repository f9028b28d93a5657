/**
 * All agents that a supervisor watches, read and put in order apart from the page: in a worker, where an answer of ten
 * thousand agents holds up nobody. A page whose policy allows no worker calls the same class itself.
 *
 * An agent's number is text, never a count: `1-3` is one. `at` is ms since 1970 of the server's clock.
 */
class Roster {
  /** By number, as the newest answer that named them said. */
  #agents = new Map();
  /** The numbers that the newest answer for a group named; '' is an answer for all groups. */
  #answers = new Map();
  /** Names of groups by their ids. */
  #names = new Map();
  /** All agents as they were sorted last: nearly in order again, which is what sorting is quick at. */
  #order = [];
  /** What `#matching` found last, and for what. */
  #found = {};
  /** The order that is kept while somebody's hand is in it, and who has gone since. */
  #held;
  #gone = new Map();
  /** [talk, ready, busy, wrap, callers who wait], by minute. */
  #samples = new Map();
  #at = 0;

  /** Takes in an answer to `surveillance` about this group, a frame or its body; true if anything is new in it. */
  feed(text, group, at) {
    const list = listed(text);
    if (!list) return false;
    this.#at = at;
    this.#found = {};
    const missing = this.#expected(group ?? '');
    const expected = missing.size;
    const named = new Set();
    let news = false;
    for (const item of list) {
      const number = word(item?.agentNumber);
      if (!number) continue;
      named.add(number);
      missing.delete(number);
      if (this.#follow(number, item)) news = true;
    }
    this.#answers.set(group ?? '', named);
    for (const number of missing) {
      if ([...this.#answers.values()].some((others) => others.has(number))) continue;
      this.#gone.set(number, this.#agents.get(number));
      this.#agents.delete(number);
    }
    this.#order = this.#order.filter(({ number }) => this.#agents.has(number));
    return news || missing.size > 0 || named.size !== expected;
  }

  /** The numbers that an answer about this group has to name, or they are gone. */
  #expected(group) {
    if (!group) {
      this.#answers.clear();
      return new Set(this.#agents.keys());
    }
    const expected = new Set(this.#answers.get(group));
    // From now on this group's answers say who is in it, and no longer the one for all groups.
    const all = this.#answers.get('');
    for (const number of all ?? []) {
      if (this.#agents.get(number).groups.includes(group) && all.delete(number)) expected.add(number);
    }
    return expected;
  }

  /** True if anything is new. */
  #follow(number, item) {
    let agent = this.#agents.get(number);
    let news = !agent;
    if (!agent) {
      // Who comes back while the order is kept comes back to the own place.
      agent = this.#gone.get(number) ?? { number, groups: [], find: [plain(number)] };
      this.#gone.delete(number);
      // Whatever it is, it has begun anew.
      agent.state = undefined;
      this.#agents.set(number, agent);
      this.#order.push(agent);
    }
    const set = (name, value) => {
      if (agent[name] === value) return false;
      agent[name] = value;
      return news = true;
    };
    if (set('name', word(item.agentName))) agent.find[1] = plain(agent.name);
    // A state without a duration began, as far as anybody knows, when it was first heard of.
    const [lasted, moved] = [parseFloat(item.operatingTime), set('state', word(item.nowState))];
    // Platforms that give a moment instead of a duration are understood as well.
    const since = Math.round(lasted > this.#at / 2 ? Math.min(lasted, this.#at) : this.#at - Math.max(0, lasted));
    // Every answer took another time to arrive, which is no news.
    if (moved || Math.abs(since - agent.since) > 1500) set('since', since || this.#at);
    agent.kind = KINDS.get(agent.state) ?? 'other';
    set('party', word(item.peerId));
    // Where there is no call it says nothing.
    const isCall = agent.party || agent.kind === 'talk';
    set('direction', (isCall && DIRECTIONS.get(word(item.callDirection))) || '');
    const groups = Array.isArray(item.groupList) ? item.groupList.filter((one) => word(one?.id)) : [];
    if (groups.length !== agent.groups.length || groups.some(({ id }, place) => word(id) !== agent.groups[place])) {
      set('groups', groups.map(({ id }) => word(id)));
    }
    for (const { id, name } of groups) {
      if (word(name) && this.#names.get(word(id)) !== word(name)) {
        this.#names.set(word(id), word(name));
        news = true;
      }
    }
    return news;
  }

  /**
   * What is to be seen of those who are wanted. `want`: the rows in view are `count` from `first` on; `group` an id;
   * `state` talk, ready, busy, wrap, other or late; `direction` inbound or outbound; `search` part of a name or an
   * agent's number, or a party's number; `sort` one of the columns, `down` the other way round; `hold` keeps the order
   * as it is; `limits` in ms by kind of state, after which somebody is late; `focus` an agent whose row is asked for.
   *
   * Each row: number, name, state, group, since when, party, direction, and 1 where late, 2 where gone.
   */
  view(want = {}) {
    const { first = 0, count = 0, hold, focus } = want;
    const found = this.#matching(want);
    if (!hold || this.#held?.key !== found.key) {
      this.#held = hold ? { ...found, sorted: new Map(found.list.map((agent) => [agent, agent.sorted])) } : undefined;
      this.#gone.clear();
    }
    const { list } = this.#held ?? found;
    // As many around it as a flick of the wheel goes.
    const from = Math.max(0, Math.min(first, list.length - count) - 40);
    return {
      total: this.#agents.size,
      shown: list.length,
      counts: found.counts,
      pending: this.#pending(found.list),
      focus: focus ? list.findIndex(({ number }) => number === focus) : -1,
      from,
      rows: list.slice(from, from + count + 80).map((agent) => [
        agent.number, agent.name, agent.state, this.#groupOf(agent, want), agent.since, agent.party, agent.direction,
        this.#gone.has(agent.number) ? 2 : +this.#isLate(agent, want),
      ]),
    };
  }

  /** All who are wanted, in order, and how many there are of each kind if the state did not matter. */
  #matching(want) {
    const { group, state, direction, search, sort, down, limits } = want;
    const key = JSON.stringify([group, state, direction, search, sort, down, limits]);
    if (this.#found.key === key) return this.#found;
    for (const agent of this.#order) agent.sorted = this.#sortedBy(agent, want);
    const turn = down ? -1 : 1;
    this.#order.sort((a, b) => (
      turn * compare(a.sorted, b.sorted) || compare(a.number, b.number) || (a.number < b.number ? -1 : 1)));
    const counts = { talk: 0, ready: 0, busy: 0, wrap: 0, other: 0, late: 0 };
    const wanted = plain(search ?? '').trim();
    const dialled = wanted.replace(/[ -]/g, '');
    const list = this.#order.filter((agent) => {
      if (group && this.#groupOf(agent, want) !== group) return false;
      if (direction && agent.direction !== direction) return false;
      if (!agent.find.some((part) => part.includes(wanted)) && !isNumberOf(agent, dialled)) return false;
      const late = this.#isLate(agent, want);
      counts[agent.kind] += 1;
      counts.late += late;
      return !state || (state === 'late' ? late : state === agent.kind);
    });
    return this.#found = { key, list, counts };
  }

  /** How many rows would come, go or move if the order were not kept. */
  #pending(list) {
    if (!this.#held) return 0;
    const { sorted } = this.#held;
    const stay = list.filter((agent) => sorted.has(agent));
    const moved = stay.filter((agent) => sorted.get(agent) !== agent.sorted);
    return list.length - stay.length + sorted.size - stay.length + moved.length;
  }

  #sortedBy(agent, { sort, ...want }) {
    if (sort === 'time') return -agent.since;
    if (sort === 'state') return Object.keys(SHOWN).indexOf(agent.kind) + agent.state;
    if (sort === 'group') return this.#nameOf(this.#groupOf(agent, want));
    return agent[sort] ?? agent.number;
  }

  #isLate({ kind, since }, { limits }) {
    return this.#at - since > (limits?.[kind] || Infinity);
  }

  /** The one that is asked for, where the agent is in it; else the first. */
  #groupOf({ number, groups }, { group }) {
    const answered = (id) => id && this.#answers.get(id)?.has(number);
    if (groups.includes(group) || answered(group)) return group;
    return groups[0] ?? [...this.#answers.keys()].find(answered) ?? '';
  }

  #nameOf(id) {
    return this.#names.get(id) ?? id;
  }

  /** Id and name of all groups that were named so far. */
  groups() {
    const ids = new Set([...this.#names.keys(), ...this.#answers.keys()]);
    return [...ids].filter(Boolean).map((id) => [id, this.#nameOf(id)]).sort(([, a], [, b]) => compare(a, b));
  }

  /** Remembers for the minute how many there are of each kind, and how many callers wait where that is known. */
  sample(at, queue) {
    this.#at = at;
    this.#found = {};
    const minute = Math.floor(at / MINUTE);
    const counts = { ...SHOWN };
    for (const { kind } of this.#agents.values()) counts[kind] += 1;
    // A minute's states are its last, its queue is its longest: that is what limits are held against.
    const before = this.#samples.get(minute)?.[4] ?? null;
    const waiting = Number.isInteger(queue) ? Math.max(before, queue) : before;
    // Before the first answer nobody is known, which does not mean that nobody is there.
    if (this.#answers.size) this.#samples.set(minute, [counts.talk, counts.ready, counts.busy, counts.wrap, waiting]);
    for (const old of this.#samples.keys()) {
      if (old > minute || old <= minute - HOUR) this.#samples.delete(old);
    }
  }

  /** The last hour by minutes, the present one last; null where nobody looked. */
  series() {
    const now = Math.floor(this.#at / MINUTE);
    const samples = Array.from({ length: HOUR }, (_, place) => this.#samples.get(now - HOUR + 1 + place));
    return {
      states: samples.map((sample) => sample?.slice(0, 4) ?? null),
      queue: samples.map((sample) => sample?.[4] ?? null),
    };
  }

  /** The last hour as text, counts alone: it may be kept where agents may not. */
  save() {
    return JSON.stringify({ series: this.series(), at: this.#at });
  }

  /** Takes an hour back that `save` gave; what was seen since counts more. Any other text is left alone. */
  restore(text) {
    const { series, at } = parsed(text) ?? {};
    const [states, queue] = [series?.states, series?.queue];
    if (![states, queue].every((one) => Array.isArray(one) && one.length === HOUR) || !Number.isFinite(at)) return;
    const first = Math.floor(at / MINUTE) - HOUR + 1;
    states.forEach((counts, place) => {
      const isSample = Array.isArray(counts) && counts.length === 4 && counts.every(Number.isInteger);
      if (!isSample || this.#samples.has(first + place)) return;
      this.#samples.set(first + place, [...counts, Number.isInteger(queue[place]) ? queue[place] : null]);
    });
  }
}

const MINUTE = 60_000;
/** As many minutes. */
const HOUR = 60;

/** Kinds of states, in the order that a table shows them in. */
const SHOWN = { talk: 0, ready: 0, busy: 0, wrap: 0, other: 0 };

/** All other states are moments between these, or of somebody who logs in or out. */
const KINDS = new Map([['Idle', 'ready'], ['Busy', 'busy'], ['After', 'wrap'], ...(
  'Conversation Mute Unmute Hold UnHold TransferCall TransferCalling TransferCallFail TransferCancel '
  + 'ConsultCall ConsultCalling ConsultCallFail ConsultCancel TripartiteTalk TripartiteTalking TripartiteTalkFail '
  + 'Listen Listening Whisper Whispering ForceInsert ForceInserting Intercept Intercepting '
  + 'MakeCall AgentOriginate AgentRinging AgentAnswer CalledRinging CalledAnswer'
).split(' ').map((state) => [state, 'talk'])]);

/** Here they are counted from 0, in events from 1. */
const DIRECTIONS = new Map([['0', 'inbound'], ['1', 'outbound']]);

const { compare: inOrder } = new Intl.Collator('zh-CN', { numeric: true });
const compare = (a, b) => (typeof a === 'number' ? a - b : inOrder(a, b));

const word = (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** For searching: however large, wide or narrow it was written. */
const plain = (text) => text.normalize('NFKC').toLowerCase();

/** The middle of a party's number may be hidden from the page, so it cannot be found by it either. */
const isNumberOf = ({ party }, wanted) => (
  wanted !== '' && (party === wanted || (party.length > 10 && wanted.length === 4 && party.endsWith(wanted))));

/** The list of agents in a frame or in its body; documents call it by either name. Undefined where there is none. */
function listed(text) {
  const { data } = parsed(text.slice(text.search(/(^|\n\r?\n)\s*{/), text.lastIndexOf('}') + 1)) ?? {};
  return [data?.agentList, data?.infoList].find(Array.isArray);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What hears messages about one roster and answers them by `tell`:
 *
 * `{ feed: text, group, at }`  an answer came; tells the view if it is another now
 * `{ want }`                   what is wanted from now on; tells the view
 * `{ tick: at, queue }`        time goes on, `queue` callers wait; tells the hour, and the view if it is another now
 * `{ restore: text }`          the hour as it was told before the page was loaded again
 *
 * It tells texts: `{"v":n,…}` is the n-th view, in which a 0 stands for a row that is as it was in the one before, at the same
 * place; `{"groups":[[id,name],…]}` comes before the first view that needs it; `{"series":{…},"at":…}` is the hour, which is
 * also what `restore` takes.
 */
function attend(tell) {
  const roster = new Roster();
  let want;
  let [shown, rows, groups, views] = ['', [], '', 0];
  const show = (asked) => {
    if (!want) return;
    const ids = JSON.stringify({ groups: roster.groups() });
    if (ids !== groups) tell(groups = ids);
    const { rows: all, ...view } = roster.view(want);
    const [before, texts] = [shown, all.map((row) => JSON.stringify(row))];
    shown = JSON.stringify(view);
    const old = asked || JSON.parse(before || '{}').from !== view.from ? [] : rows;
    const news = texts.map((row, at) => (row === old[at] ? 0 : row));
    rows = texts;
    if (!asked && before === shown && texts.length === old.length && news.every((row) => row === 0)) return;
    tell(`{"v":${views += 1},${shown.slice(1, -1)},"rows":[${news}]}`);
  };
  return (message) => {
    if (message.feed !== undefined && roster.feed(message.feed, message.group, message.at)) show(false);
    if (message.want) {
      want = message.want;
      show(true);
    }
    if (message.restore !== undefined) roster.restore(message.restore);
    if (message.tick !== undefined) {
      roster.sample(message.tick, message.queue);
      tell(roster.save());
      show(false);
    }
  };
}

if (typeof importScripts === 'function') {
  const hear = attend((text) => postMessage(text));
  onmessage = ({ data }) => (data.end ? close() : hear(data));
} else {
  // In a page who loaded it wants the function; see wall.js.
  globalThis.document?.currentScript?.take?.(attend);
}
