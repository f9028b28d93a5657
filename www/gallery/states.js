/** What every session here has, beside where it came from. */
export const OPTIONS = {
  url: 'ws://gallery.invalid/ws', host: '/', connectAccount: 'gallery', subscribePath: '/topic', companyShortName: 'demo', agentPassword: 'gallery',
  busyLimits: { 小休: 60 }, queueLimits: { 'g-sales': 2 }, callerIds: ['02161000000', { number: '02161000001', name: '售后' }],
  noteTags: ['已解决', '需回访', '转工单', '投诉'],
  describeNumber: (number) => ({
    13800138000: { name: '陈晓雯', place: '上海', tags: ['VIP'], note: '30 天内第 3 次' }, '057188886210': { place: '杭州' },
  })[number],
};

/** What groups of states are called. */
export const GROUPS = [
  { id: 'link', zh: '连接与登录', en: 'Connection and sign-in' },
  { id: 'rest', zh: '空闲', en: 'Between calls' },
  { id: 'call', zh: '通话', en: 'Calls' },
  { id: 'two', zh: '咨询、转接与三方', en: 'Consult, transfer, conference' },
  { id: 'after', zh: '话后', en: 'After a call' },
  { id: 'boss', zh: '班长', en: 'Supervisor' },
  { id: 'wrong', zh: '故障', en: 'Faults' },
  { id: 'narrow', zh: '320 像素', en: 'At 320 px' },
];

const WIDE = 1440;
const HALF = 748;
const MIDDLE = 1000;
const NARROW = 320;

/**
 * A state: its group, id, names, the record of its session, width in px, and what else: `to` ends before a line, `told` after
 * this event, `then` is done at the end.
 */
const state = (group, id, zh, en, record, width, more = {}) => ({ group, id, zh, en, record, width, ...more });

/** In the dial pad: the list of colleagues. */
const AGENT = '[data-pop=dial] [role=radio][aria-checked=false]';
/** On the wall: whoever is in a call. */
const TALKING = '.scroller [role=row]:has(.stc.call)';

const opens = (name, ...more) => ({ then: [['press', name], ...more] });

export const STATES = [
  state('link', 'offline', '没有网络', 'No network', 'offline', WIDE),
  state('link', 'connecting', '连接中', 'Connecting', 'fresh', WIDE, { to: 'opened', then: [['wait', 1000]] }),
  state('link', 'reconnecting', '等待重连', 'Waiting for the next try', 'reconnecting', WIDE, { then: [['wait', 6000]] }),
  state('link', 'loggedout', '未登录', 'Signed out', 'signedout', HALF),
  state('link', 'loginerror', '登录被拒', 'Sign-in refused', 'refused', HALF),
  state('link', 'kicked', '在别处登录', 'Signed in elsewhere', 'kicked', WIDE),
  state('link', 'locked', '锁定', 'Locked', 'locked', WIDE),

  state('rest', 'ready', '就绪', 'Ready', 'ready', WIDE),
  state('rest', 'overrun', '忙碌超时', 'Not ready for too long', 'busy', WIDE),
  state('rest', 'busy', '忙碌，菜单打开', 'Not ready, menu open', 'busy', HALF, opens('state')),
  state('rest', 'dial', '拨号', 'Dialling', 'ready', HALF, opens('dial')),
  state('rest', 'dialagent', '呼叫座席', 'Calling a colleague', 'colleagues', HALF, opens('dial', ['press', AGENT], ['wait', 1000])),
  state('rest', 'queue', '排队', 'Waiting callers', 'queue', MIDDLE, opens('queue')),
  state('rest', 'more', '更多', 'More', 'ready', HALF, opens('more')),
  state('rest', 'diag', '连接与设备', 'Connection and devices', 'ready', HALF, opens('link')),
  state('rest', 'microphone', '试麦克风', 'Trying the microphone', 'microphone', HALF),
  state('rest', 'testcall', '测试通话', 'Test call', 'testcall', HALF),
  state('rest', 'settings', '设置', 'Settings', 'ready', HALF, opens('more', ['press', 'settings'])),
  state('rest', 'keys', '快捷键', 'Shortcuts', 'ready', HALF, opens('more', ['press', 'settings'], ['press', 'changeShortcuts'])),

  state('call', 'ringing', '来电', 'Incoming call', 'ringing', WIDE),
  state('call', 'ringcard', '来电详情', 'Card of the call', 'ringing', WIDE, opens('details')),
  state('call', 'ringdesk', '话机来电', 'Incoming call on a desk phone', 'desk', WIDE),
  state('call', 'outboundown', '呼出，自己的话机振铃', 'Outbound, the own phone rings', 'outboundown', WIDE),
  state('call', 'outbound', '呼出振铃', 'Outbound, the other side rings', 'outbound', WIDE),
  state('call', 'makefail', '自己的话机未接', 'The own phone was not taken', 'makefail', WIDE, { told: 'MakeCallFail' }),
  state('call', 'callfail', '呼叫未接通', 'The call failed', 'callfail', WIDE),
  state('call', 'conversation', '通话中', 'In a call', 'conversation', WIDE),
  state('call', 'next', '已选下一状态', 'Next state chosen', 'conversation', WIDE, opens('state', ['press', 'busy'])),
  state('call', 'nextmenu', '通话中的状态菜单', 'State menu in a call', 'conversation', HALF, opens('state')),
  state('call', 'hold', '保持', 'On hold', 'hold', WIDE),
  state('call', 'muted', '静音', 'Muted', 'muted', WIDE),
  state('call', 'mutedhold', '静音并保持', 'Muted and on hold', 'mutedhold', WIDE),
  state('call', 'keypad', '按键', 'Keypad', 'conversation', HALF, opens('keypad', ['press', '[data-key="4"]'], ['press', '[data-key="7"]'])),
  state('call', 'quality', '通话质量', 'Call quality', 'conversation', HALF, opens('quality')),
  state('call', 'poor', '通话质量差', 'Poor call quality', 'poor', HALF, opens('quality')),
  state('call', 'second', '第二路来电', 'Second call', 'second', WIDE),
  state('call', 'joined', '班长插话', 'A supervisor is in the call', 'joined', WIDE),

  state('two', 'transfer', '转接', 'Transfer', 'targets', HALF, opens('transfer', ['wait', 1000])),
  state('two', 'consult', '咨询谁', 'Whom to consult', 'targets', HALF, opens('consult', ['wait', 1000])),
  state('two', 'confer', '请谁加入', 'Whom to bring in', 'targets', HALF, opens('conference', ['wait', 1000])),
  state('two', 'asked', '咨询，对方振铃', 'Consulting, the other side rings', 'asked', WIDE),
  state('two', 'consulting', '咨询中', 'Consulting', 'consulting', WIDE),
  state('two', 'mutedconsult', '咨询中，静音', 'Consulting, muted', 'mutedconsult', WIDE),
  state('two', 'consultfail', '咨询未接通', 'Nobody to consult', 'consultfail', WIDE),
  state('two', 'consulted', '被咨询', 'Being consulted', 'consulted', WIDE),
  state('two', 'conference', '三方通话', 'Conference', 'conference', WIDE),
  state('two', 'transferring', '转接中', 'Transferring', 'transferring', WIDE),
  state('two', 'transferfail', '转接未完成', 'The transfer failed', 'transferfail', WIDE),

  state('after', 'wrapup', '话后', 'After a call, for a time', 'wrapup', WIDE),
  state('after', 'wrapopen', '话后，不限时', 'After a call, as long as it takes', 'after', WIDE),
  state('after', 'wrapnote', '小结', 'Note', 'wrapup', HALF, opens('note')),

  state('boss', 'sup-listen', '监听', 'Listening', 'listen', WIDE),
  state('boss', 'sup-whisper', '耳语', 'Whispering', 'whisper', WIDE),
  state('boss', 'sup-insert', '插话', 'Barged in', 'insert', WIDE),
  state('boss', 'takeover', '接管', 'Taking over', 'listen', WIDE, opens('takeOver')),
  state('boss', 'wall', '班长面板', "Supervisor's wall", 'wall', WIDE),
  state('boss', 'wallmenu', '班长面板的菜单', 'Menu on the wall', 'wall', WIDE, { then: [['focus', TALKING], ['key', 'Enter']] }),
  state('boss', 'wallask', '班长面板的确认', 'Question on the wall', 'wall', WIDE, { then: [['focus', TALKING], ['key', 'Enter'], ['press', 'forceHangUp']] }),

  state('wrong', 'phonefault', '话机离线', 'Phone lost', 'phonefault', WIDE),
  state('wrong', 'micfault', '麦克风被禁', 'Microphone blocked', 'micfault', WIDE),
  state('wrong', 'nomic', '没有耳麦', 'No headset', 'nomic', HALF),
  state('wrong', 'phonelost', '通话中话机离线', 'Phone lost in a call', 'phonelost', WIDE),
  state('wrong', 'emptynumber', '没有号码', 'No number', 'ready', WIDE, { then: [['type', '[part~=dial-field] input', ''], ['key', 'Enter']] }),
  state('wrong', 'toasts', '提示', 'Messages under the bar', 'transferfail', HALF),

  ...[
    ['n-ready', 'ready'], ['n-busy', 'overrun'], ['n-ring', 'ringing'], ['n-out', 'outbound'], ['n-conv', 'conversation'], ['n-hold', 'hold'],
    ['n-mute', 'muted'], ['n-consult', 'consulting'], ['n-second', 'second'], ['n-wrap', 'wrapup'], ['n-sup', 'sup-listen'],
    ['n-reconn', 'reconnecting'], ['n-kick', 'kicked'], ['n-ringcard', 'ringcard'], ['n-transfer', 'transfer', opens('more', ['press', 'transfer'], ['wait', 1000])], ['n-dial', 'dial'],
  ].map(([id, same, more]) => ({ id, same, ...more })),
  state('narrow', 'n-more', '更多', 'More', 'conversation', NARROW, opens('more')),
].map((one, _place, all) => (one.same ? { ...all.find(({ id }) => id === one.same), group: 'narrow', width: NARROW, ...one } : one));
