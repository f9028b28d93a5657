// What a roster has to show, worked out the slow way: everything is filtered and sorted anew, each time.

const TOLERANCE = 1500;
const TALK = new Set((
  'Conversation Mute Unmute Hold UnHold TransferCall TransferCalling TransferCallFail TransferCancel ConsultCall ConsultCalling '
  + 'ConsultCallFail ConsultCancel TripartiteTalk TripartiteTalking TripartiteTalkFail Listen Listening Whisper Whispering ForceInsert '
  + 'ForceInserting Intercept Intercepting MakeCall AgentOriginate AgentRinging AgentAnswer CalledRinging CalledAnswer').split(' '));
const AT_REST = { Idle: 'ready', Busy: 'busy', After: 'wrap' };
const KINDS = ['talk', 'ready', 'busy', 'wrap', 'other'];
const collator = new Intl.Collator('zh-CN', { numeric: true });

const isText = (value) => ['string', 'number'].includes(typeof value) && value !== '';
const text = (value) => (isText(value) ? `${value}` : '');
const searchable = (value) => value.normalize('NFKC').toLowerCase();

export class Oracle {
  /** Facts by number, and by group whom its newest answer named. */
  facts = new Map();
  sections = new Map();
  groupNames = new Map();
  at = 0;
  held = undefined;

  feed(items, group, at) {
    this.at = at;
    const listed = items.filter((item) => isText(item?.agentNumber));
    if (group === '') this.sections.clear();
    else this.sections.set('', (this.sections.get('') ?? []).filter((number) => !this.facts.get(number).groups.includes(group)));
    this.sections.set(group, listed.map((item) => `${item.agentNumber}`));
    for (const item of listed) this.take(`${item.agentNumber}`, item);
    const there = new Set([...this.sections.values()].flat());
    for (const number of this.facts.keys()) {
      if (!there.has(number)) this.facts.delete(number);
    }
  }

  /** All that is known, as text; equal where nothing is new. */
  known() {
    const members = [...this.sections].map(([group, numbers]) => [group, [...new Set(numbers)].sort()]);
    return JSON.stringify([[...this.facts], [...this.groupNames], members.filter(([, numbers]) => numbers.length > 0).sort()]);
  }

  take(number, item) {
    const before = this.facts.get(number);
    const state = text(item.nowState);
    const given = parseFloat(item.operatingTime);
    const told = given > 1e12 ? Math.min(given, this.at) : this.at - Math.max(given, 0);
    let since;
    if (before?.state === state && !(Math.abs(told - before.since) > TOLERANCE)) ({ since } = before);
    else since = Number.isNaN(told) ? this.at : Math.round(told);
    const kind = TALK.has(state) ? 'talk' : Object.hasOwn(AT_REST, state) ? AT_REST[state] : 'other';
    const party = text(item.peerId);
    let direction = '';
    if (party !== '' || kind === 'talk') direction = { 0: 'inbound', 1: 'outbound' }[Number(text(item.callDirection) || NaN)] ?? '';
    const groupList = (Array.isArray(item.groupList) ? item.groupList : []).filter((one) => isText(one?.id));
    for (const { id, name } of groupList) if (isText(name)) this.groupNames.set(`${id}`, `${name}`);
    const groups = groupList.map(({ id }) => `${id}`);
    this.facts.set(number, { number, name: text(item.agentName), state, kind, since, party, direction, groups });
  }

  /** Those whose newest answers name the group, or who say so themselves. */
  isIn(fact, group) {
    return fact.groups.includes(group) || Boolean(this.sections.get(group)?.includes(fact.number));
  }

  group(fact, wanted) {
    if (wanted && this.isIn(fact, wanted)) return wanted;
    return fact.groups[0] ?? [...this.sections.keys()].find((id) => id && this.sections.get(id).includes(fact.number)) ?? '';
  }

  key(fact, { sort, group }) {
    const shown = this.group(fact, group);
    return {
      name: fact.name,
      state: `${KINDS.indexOf(fact.kind)}${fact.state}`,
      group: this.groupNames.get(shown) ?? shown,
      time: -fact.since,
      party: fact.party,
      direction: fact.direction,
    }[sort] ?? fact.number;
  }

  isLate(fact, { limits = {} }) {
    const limit = limits[fact.kind];
    return Boolean(limit) && this.at - fact.since > limit;
  }

  isFound(fact, search = '') {
    const wanted = searchable(search).trim();
    if ([fact.name, fact.number].some((part) => searchable(part).includes(wanted))) return true;
    const digits = wanted.replaceAll(' ', '').replaceAll('-', '');
    if (digits === '' || fact.party === '') return false;
    return digits === fact.party || (digits.length === 4 && fact.party.length > 10 && digits === fact.party.slice(-4));
  }

  view(want) {
    const { group, state, direction, search, down, hold, first, count, focus } = want;
    const facets = [...this.facts.values()].filter((fact) => (!group || this.isIn(fact, group))
      && (!direction || fact.direction === direction) && this.isFound(fact, search));
    const wanted = facets.filter((fact) => !state || (state === 'late' ? this.isLate(fact, want) : fact.kind === state));
    const byNumber = (a, b) => collator.compare(a.number, b.number) || (a.number < b.number ? -1 : 1);
    wanted.sort((a, b) => {
      const [x, y] = [this.key(a, want), this.key(b, want)];
      const order = want.sort === 'time' ? x - y : collator.compare(x, y);
      return (down ? -order : order) || byNumber(a, b);
    });
    const now = new Map(wanted.map((fact) => [fact.number, fact]));
    const question = JSON.stringify({ ...want, first: 0, count: 0, hold: 0, focus: '' });
    if (!hold) this.held = undefined;
    else if (this.held?.question !== question) {
      this.held = { question, rows: wanted.map((fact) => ({ last: fact, key: this.key(fact, want) })) };
    }
    let order = wanted.map((fact) => ({ fact, mark: Number(this.isLate(fact, want)) }));
    let pending = 0;
    if (this.held) {
      for (const row of this.held.rows) {
        const { number } = row.last;
        row.last = this.facts.get(number) ?? row.last;
        if (!now.has(number) || this.key(now.get(number), want) !== row.key) pending += 1;
        now.delete(number);
      }
      pending += now.size;
      order = this.held.rows.map(({ last: fact }) => ({ fact, mark: this.facts.has(fact.number) ? Number(this.isLate(fact, want)) : 2 }));
    }
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, facets.filter((fact) => fact.kind === kind).length]));
    const from = Math.max(0, Math.min(first, order.length - count) - 40);
    return {
      total: this.facts.size,
      shown: order.length,
      counts: { ...counts, late: facets.filter((fact) => this.isLate(fact, want)).length },
      pending,
      focus: focus ? order.findIndex(({ fact }) => fact.number === focus) : -1,
      from,
      rows: order.slice(from, from + count + 80).map(({ fact, mark }) => [
        fact.number, fact.name, fact.state, this.group(fact, group), fact.since, fact.party, fact.direction, mark,
      ]),
    };
  }
}
