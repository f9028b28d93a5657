// The messages that both sides of a comparison read: events of a contact centre, the same on every machine and in every run.
//
//   node corpus.mjs FOLDER [FRAMES]     writes FOLDER/300.txt and FOLDER/2048.txt, MESSAGE frames one after another
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameText } from '../lib/stomp-frame.mjs';

/** Lengths of the bodies in bytes. */
export const SIZES = [300, 2048];
const DESTINATION = '/topic/6ceca7e5-81b2-4146-89c2-e59a69a92f15';

/** Numbers that only depend on the seed (mulberry32). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const REMARKS = [
  '客户来电咨询订单物流，要求今天内回复；', '洗衣机报警 E4，已预约上门检修；', '续费合同已发送，等待对方确认；', '上次通话中断，请先核对身份；', '老客户；',
  'order SH20481 shipped, two filter kits; ', 'caller asked for an invoice by e-mail; ', 'prefers calls after 18:00; ', 'ticket T-20931; ', 'VIP; ',
];

const digits = (random, count) => Array.from({ length: count }, () => random(10)).join('');
const uuid = (random) => {
  const hex = Array.from({ length: 32 }, () => random(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** Remarks of a person, in Chinese and English, of exactly so many bytes; digits fill what no remark fits into. */
function remarks(random, bytes) {
  let text = '';
  for (let left = bytes; ;) {
    const fitting = REMARKS.filter((remark) => Buffer.byteLength(remark) <= left);
    if (fitting.length === 0) return text + digits(random, left);
    const next = fitting[random(fitting.length)];
    text += next;
    left -= Buffer.byteLength(next);
  }
}

function callData(random, bytes) {
  const data = {
    callDirection: 1 + random(2), caller: `1${digits(random, 10)}`, called: '1001', occCallId: uuid(random), callType: 'normal', userData: '',
  };
  // A long event has all the fields there are, a short one those that every call has.
  return bytes < 1000 ? data : {
    ...data, inQueueTime: random(60_000), isPredictive: 0, origCaller: data.caller, origCalled: '02188886210', outputParam: '',
    ivrKeyRecord: ['1', '2'], inputParam: JSON.stringify({ path: '主菜单/售后/报修', level: random(5), note: remarks(random, 300) }),
  };
}

/**
 * `count` bodies of exactly `bytes` bytes. `queue` gives QueueInfo, which changes no state, so that any number of them may
 * come at any time; otherwise they are the events of calls.
 */
export function bodies(bytes, count, { queue = false, seed = 1 } = {}) {
  const random = numbers(seed);
  const names = ['AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation'];
  return Array.from({ length: count }, (_, index) => {
    const data = callData(random, bytes);
    // No two are alike: a client may drop what it has just had.
    const eventTime = 1_795_308_100_000 + index;
    const name = names[random(names.length)];
    const event = queue
      ? { type: 'event', event: 'QueueInfo', eventTime, groupID: 'g-sales', groupWaitNumber: 1, isInQueue: 1, handleAgentID: '', data: [data] }
      : { type: 'event', event: name, nowState: name, eventTime, sequence: 0, data };
    data.userData = remarks(random, bytes - Buffer.byteLength(JSON.stringify(event)));
    return JSON.stringify(event);
  });
}

const FAMILY_NAMES = ['王', '李', '张', '欧阳', '司马', '陈'];
const GIVEN_NAMES = ['伟', '秀英', '建国', '雨桐', '子轩', '丽娜'];
const STATES = ['Idle', 'Busy', 'Conversation', 'After', 'Hold', 'AgentRinging'];

/** `count` answers to a supervisor who watches so many agents, no two alike. Such an answer changes no state either. */
export function surveillance(count, agents, { seed = 1 } = {}) {
  const random = numbers(seed);
  const one = (list) => list[random(list.length)];
  const agent = (_, index) => ({
    companyId: 'demo', agentId: `id-${1000 + index}`, agentNumber: String(1000 + index), agentName: one(FAMILY_NAMES) + one(GIVEN_NAMES),
    nowState: one(STATES), operatingTime: 1_795_308_000_000 + random(100_000), loginTime: 1_795_300_000_000, loginDuration: random(30_000),
    peerId: '', callDirection: random(2), groupList: [{ id: 'g-sales', name: '销售组' }],
  });
  return Array.from({ length: count }, (_, index) => JSON.stringify({
    type: 'event', event: 'Surveillance', eventTime: 1_795_308_100_000 + index, sequence: 0, companyId: 'demo', agentNumber: '1000',
    data: { agentList: Array.from({ length: agents }, agent) },
  }));
}

/** The frames that carry these bodies to subscription `sub-0`, one text each, as RabbitMQ sends them. */
export const frames = (texts, destination = DESTINATION) => texts.map((body, index) => frameText('MESSAGE', {
  subscription: 'sub-0', destination, 'message-id': `T_sub-0@@session-1@@${index + 1}`, redelivered: 'false',
}, body));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, count = 10_000] = process.argv.slice(2);
  await mkdir(folder, { recursive: true });
  for (const size of SIZES) await writeFile(join(folder, `${size}.txt`), frames(bodies(size, Number(count))).join(''));
}
