import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const ROSTER = fileURLToPath(new URL('../../src/js/roster.js', import.meta.url));

/** What a page finds in the file: it is a script, not a module. */
export const { Roster, attend, KINDS } = new Function(`${await readFile(ROSTER, 'utf8')}\nreturn { Roster, attend, KINDS };`)();

/** The moment at which tests begin, ms since 1970. */
export const START = 1_795_308_000_000;

/** One agent of an answer; the members that are named stand in for the usual ones. */
export const agent = (agentNumber, members) => ({
  companyId: 'demo', agentId: `id-${agentNumber}`, agentNumber, agentName: `座席${agentNumber}`, nowState: 'Idle', operatingTime: 5000,
  loginTime: START - 60_000, loginDuration: 60_000, peerId: '', callDirection: null, groupList: [{ id: 'g-sales', name: '销售组' }], ...members,
});

/** The body of an answer to `surveillance`. */
export const answer = (agents, list = 'agentList') => JSON.stringify({
  type: 'event', event: 'Surveillance', eventTime: START, sequence: 7, companyId: 'demo', agentNumber: '1000', data: { [list]: agents },
});

/** All that a view shows of a roster, whatever its order. */
export const ALL = { first: 0, count: 100_000 };

/** The agents' numbers in the order of the view. */
export const numbers = ({ rows }) => rows.map(([number]) => number);
