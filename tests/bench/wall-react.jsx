// The supervisor's wall as a React application would have it, written as well as one can: one JSON.parse, rows that are drawn again
// only where they show something else, clocks that tick past React, and as many rows as there is room for.
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useVirtualizer } from '@tanstack/react-virtual';

const ROW = 32;
const KINDS = { Conversation: 'talk', Hold: 'talk', AgentRinging: 'talk', Idle: 'ready', Busy: 'busy', After: 'wrap' };
const LABELS = { Conversation: '通话中', Hold: '保持', AgentRinging: '振铃', Idle: '就绪', Busy: '忙碌', After: '话后' };
const COLUMNS = { state: '状态', number: '座席', group: '技能组', time: '状态时长', party: '对方', direction: '方向' };
const KEYS = {
  state: (agent) => agent.nowState, group: (agent) => agent.groupList[0].name, time: (agent) => agent.operatingTime,
  party: (agent) => agent.peerId, direction: (agent) => agent.callDirection,
};

const masked = (number) => (number.length > 10 ? `${number.slice(0, 3)}****${number.slice(-4)}` : number);

function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (count) => String(count).padStart(2, '0');
  const minutes = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? minutes : `${Math.floor(seconds / 3600)}:${minutes}`;
}

// One tick for all clocks, and none of it is React's.
const clocks = new Map();
const show = (node, since) => {
  const text = duration(Date.now() - since);
  if (node.data !== text) node.data = text;
};
setInterval(() => clocks.forEach((since, node) => show(node, since)), 1000);

function Clock({ since }) {
  const place = useRef(null);
  useEffect(() => {
    const node = place.current.firstChild;
    clocks.set(node, since);
    show(node, since);
    return () => clocks.delete(node);
  }, [since]);
  return <span role="cell" className="time" ref={place}>{duration(Date.now() - since)}</span>;
}

const Row = memo(({ index, top, number, name, state, group, since, party, direction }) => (
  <div role="row" className="tr" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
    <span role="cell" className={KINDS[state]}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.5" /></svg>
      <span>{LABELS[state] ?? state}</span>
    </span>
    <span role="cell"><span>{name}</span> <span>{number}</span></span>
    <span role="cell">{group}</span>
    <Clock since={since} />
    <span role="cell">{masked(party) || '–'}</span>
    <span role="cell">{direction}</span>
  </div>
), (before, after) => (
  before.number === after.number && before.state === after.state && before.name === after.name && before.group === after.group
  && before.party === after.party && before.direction === after.direction && before.top === after.top
  // Every answer took another time to arrive.
  && Math.abs(before.since - after.since) < 1500
));

let take;

function Wall() {
  const [{ agents, at }, setAnswer] = useState({ agents: [], at: 0 });
  const [filter, setFilter] = useState({ search: '', kind: '', direction: '' });
  const [{ sort, down }, setSort] = useState({ sort: 'number', down: false });
  take = setAnswer;
  const counts = useMemo(() => {
    const counted = { talk: 0, ready: 0, busy: 0, wrap: 0 };
    for (const { nowState } of agents) counted[KINDS[nowState]] += 1;
    return counted;
  }, [agents]);
  const rows = useMemo(() => {
    const { search, kind, direction } = filter;
    const found = search || kind || direction ? agents.filter((agent) => (
      (!kind || KINDS[agent.nowState] === kind) && (!direction || agent.callDirection === direction)
      && (!search || agent.agentName.includes(search) || agent.agentNumber.includes(search)))) : agents.slice();
    const turn = down ? -1 : 1;
    const key = KEYS[sort];
    return found.sort((a, b) => {
      const [x, y] = key ? [key(a), key(b)] : [0, 0];
      if (x !== y) return x < y ? -turn : turn;
      return a.agentNumber < b.agentNumber ? -1 : 1;
    });
  }, [agents, filter, sort, down]);
  const scroller = useRef(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 2 });
  return (
    <>
      <div className="filters">
        <input placeholder="姓名、工号或号码" onChange={({ target }) => setFilter({ ...filter, search: target.value })} />
        {Object.entries(counts).map(([kind, count]) => (
          <button key={kind} aria-pressed={filter.kind === kind} onClick={() => setFilter({ ...filter, kind: filter.kind === kind ? '' : kind })}>
            {kind} <b>{count}</b>
          </button>
        ))}
      </div>
      <div role="table" aria-rowcount={rows.length + 1}>
        <div role="row" className="th">
          {Object.entries(COLUMNS).map(([column, label]) => (
            <span role="columnheader" key={column}>
              <button onClick={() => setSort({ sort: column, down: sort === column && !down })}>{label}</button>
            </span>
          ))}
        </div>
        <div className="scroller" ref={scroller}>
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const agent = rows[index];
              return (
                <Row
                  key={agent.agentNumber} index={index} top={start} number={agent.agentNumber} name={agent.agentName}
                  state={agent.nowState} group={agent.groupList[0].name} since={at - agent.operatingTime}
                  party={agent.peerId} direction={agent.callDirection ? '呼出' : '呼入'}
                />
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}

/** Draws the wall; gives what takes the text of a message. */
window.openReactWall = (place) => {
  createRoot(place).render(<Wall />);
  return (text) => {
    const body = text.indexOf('\n\n') + 2;
    const { data } = JSON.parse(text.slice(body, text.indexOf('\0', body)));
    take({ agents: data.agentList, at: Date.now() });
  };
};
