// Every text of the page, as [Chinese, English]; {0}, {1} are filled in. An element says with `data-word` which one it shows.

import { recall, remember } from './memory.js';

const WORDS = {
  brand: ['青杉家居 CRM', 'Cedar Home CRM'],
  demo: ['演示', 'Demo'],
  phone: ['电话', 'Telephone'],
  skip: ['跳到内容', 'Skip to the content'],
  language: ['语言', 'Language'],
  theme: ['外观', 'Appearance'],
  themeAuto: ['跟随系统', 'System'],
  themeLight: ['浅色', 'Light'],
  themeDark: ['深色', 'Dark'],
  docs: ['文档', 'Documentation'],
  gallery: ['状态一览', 'Gallery'],
  navigation: ['主导航', 'Main navigation'],
  customers: ['客户', 'Customers'],
  calls: ['今日通话', 'Calls today'],
  floor: ['班长台', 'Floor'],
  agent: ['座席 {0}', 'Agent {0}'],
  supervisor: ['班长 {0}', 'Supervisor {0}'],
  close: ['关闭', 'Close'],

  signInTitle: ['登录工作台', 'Sign in to your desk'],
  signInLead: ['登录后，电话工具条出现在页面顶部，来电时自动弹出客户资料。', 'Once you are signed in, the call toolbar stands at the top of the page and a caller’s record pops by itself.'],
  signInAs: ['演示账号', 'Demo accounts'],
  asSales: ['1001 销售座席', '1001 sales'],
  asSupport: ['1006 客服座席', '1006 support'],
  asSupervisor: ['1000 班长', '1000 supervisor'],
  agentNumber: ['工号', 'Agent number'],
  password: ['密码', 'Password'],
  passwordNote: ['沙箱的公开演示账号：座席 1001 到 1009，班长 1000，密码都是 123456。密码只用于登录，本页不保存。', 'The sandbox’s public demo accounts: agents 1001 to 1009 and supervisor 1000, all with password 123456. The page keeps no password.'],
  phoneType: ['话机', 'Phone'],
  deskPhone: ['桌面话机（沙箱自动接听）', 'Desk phone (the sandbox answers it)'],
  browserPhone: ['浏览器电话（需要麦克风）', 'This browser (needs a microphone)'],
  mobile: ['手机（沙箱自动接听）', 'Mobile (the sandbox answers it)'],
  signIn: ['登录', 'Sign in'],
  signingIn: ['正在登录…', 'Signing in…'],
  refused: ['登录没有成功：{0}。检查工号和密码后再登录。', 'Sign-in did not go through: {0}. Check number and password, then sign in again.'],
  refusedPlain: ['登录没有成功。检查工号和密码后再登录。', 'Sign-in did not go through. Check number and password, then sign in again.'],
  kicked: ['工号 {0} 在另一处登录，这里已退出。如果不是您，请改密码并告诉班长。', '{0} signed in elsewhere, so this page signed out. If this was not you, change the password and tell your supervisor.'],
  signedOut: ['已退出登录。登录后继续接电话。', 'You are signed out. Sign in to take calls again.'],
  noLink: ['还没有连上服务器。会自动重试，也可以再次登录。', 'The server is not reached yet. It is tried again by itself, or sign in once more.'],
  noToolbar: ['没有找到工具条的脚本 /pkg/agent-toolbar.js。构建后刷新本页。', 'The toolbar’s script /pkg/agent-toolbar.js is missing. Build it, then reload this page.'],

  find: ['查找姓名、号码或订单号', 'Find a name, number or order'],
  filter: ['按标签筛选', 'Filter by tag'],
  all: ['全部', 'All'],
  shown: ['{0} 位', '{0} shown'],
  nobody: ['没有符合的客户。换一个词，或者选“全部”。', 'No customer matches. Try another word, or choose All.'],
  callThem: ['呼叫 {0} {1}', 'Call {0} {1}'],
  call: ['呼叫', 'Call'],
  record: ['客户资料', 'Customer record'],
  activity: ['往来记录', 'Activity'],
  nothingYet: ['还没有往来记录。', 'No activity yet.'],
  details: ['资料', 'Details'],
  ordersTitle: ['订单', 'Orders'],
  noOrders: ['没有订单。', 'No orders.'],
  number: ['号码', 'Number'],
  city: ['城市', 'City'],
  product: ['产品', 'Product'],
  warranty: ['保修', 'Warranty'],
  until: ['至 {0}', 'until {0}'],
  spoken: ['语言', 'Speaks'],
  owner: ['负责座席', 'Account agent'],
  openOrders: ['在途订单', 'On the way'],
  ratingShort: ['满意度', 'Rating'],
  callsKept: ['通话', 'Calls'],
  unknown: ['未填写', 'not given'],

  ringing: ['来电', 'Incoming call'],
  calling: ['正在呼叫', 'Calling'],
  talking: ['通话中', 'On the phone'],
  newNumber: ['新号码', 'New number'],
  newNumberLead: ['客户列表里没有这个号码。', 'This number is not in the list.'],
  colleague: ['同事', 'Colleague'],
  colleagueLead: ['内部通话，不计入客户往来。', 'An internal call. It is not kept in a customer’s activity.'],
  openRecord: ['打开资料', 'Open record'],
  addCustomer: ['建立客户', 'Add as customer'],
  matched: ['来电匹配到客户：{0}', 'The caller is a customer: {0}'],
  unmatched: ['新号码来电：{0}', 'A new number is calling: {0}'],

  newTitle: ['新客户', 'New customer'],
  newLead: ['填好后保存，这个号码的通话会归到客户名下。', 'Once saved, the calls of this number belong to the customer.'],
  name: ['姓名', 'Name'],
  tags: ['标签', 'Tags'],
  save: ['保存', 'Save'],
  needsName: ['还没有姓名。填写后再保存。', 'There is no name yet. Enter one, then save.'],
  created: ['客户“{0}”已建立。', 'Customer “{0}” is added.'],

  note: ['备注', 'Note'],
  noteForCall: ['本次通话的备注', 'Note about this call'],
  noteForCustomer: ['添加备注', 'Add a note'],
  notePlaceholder: ['客户说了什么，接下来做什么', 'What was said, and what comes next'],
  saveNote: ['保存备注', 'Save note'],
  needsNote: ['备注是空的。写几个字或选一个标签再保存。', 'The note is empty. Write something or choose a tag, then save.'],
  noteSaved: ['备注已保存。', 'The note is saved.'],

  inbound: ['来电', 'Incoming'],
  outbound: ['去电', 'Outgoing'],
  missed: ['未接', 'Missed'],
  goesOn: ['正在进行', 'going on'],
  endUnknown: ['结束情况未知', 'how it ended is not known'],
  talkedFor: ['通话 {0}', 'talked {0}'],
  weHungUp: ['我方先挂断', 'our side hung up'],
  theyHungUp: ['对方先挂断', 'the other side hung up'],
  notConnected: ['未接通', 'not connected'],
  causeNumber: ['原因 {0}', 'cause {0}'],
  callId: ['通话编号 {0}', 'Call id {0}'],
  by: ['座席 {0}', 'agent {0}'],

  callsLead: ['本浏览器里各座席今天的通话，刷新后仍在。', 'Calls of all agents of this browser today. They survive a reload.'],
  filterCalls: ['筛选通话', 'Filter calls'],
  noCalls: ['今天还没有这样的通话。', 'There is no such call today.'],
  when: ['时间', 'Time'],
  direction: ['方向', 'Direction'],
  customer: ['客户', 'Customer'],
  duration: ['时长', 'Talked'],
  outcome: ['结果', 'Outcome'],
  noteAndTags: ['备注和标签', 'Note and tags'],
  agentColumn: ['座席', 'Agent'],
  redial: ['重拨', 'Redial'],
  redialThem: ['重拨 {0} {1}', 'Redial {0} {1}'],

  floorLead: ['每位座席在做什么，谁在排队。', 'What every agent does, and who waits.'],
  floorOnlySupervisor: ['班长台只有班长能看。用 1000 登录。', 'The floor is for supervisors. Sign in as 1000.'],
  waitingNow: ['正在排队', 'Waiting now'],
  longest: ['最长 {0}', 'longest {0}'],
  answeredToday: ['今日接通', 'Answered today'],
  missedToday: ['今日未接', 'Missed today'],
  averageTalk: ['平均通话', 'Average talk'],
  openWall: ['打开座席墙', 'Show the wall of agents'],

  doNotCall: ['{0} 要求不要致电，没有拨出。', '{0} asked not to be called, so nobody was called.'],
  notNow: ['现在不能呼叫。先结束当前通话。', 'A call cannot be placed now. End the present one first.'],

  forceHelp: ['座席求助', 'The agent asked for help'],
  forceComplaint: ['客户投诉', 'A complaint'],
  forceOther: ['其他', 'Other'],

  simulate: ['模拟', 'Simulate'],
  simulateLead: ['在一台电脑上演示全部场景：这里扮演客户、网络和同事。', 'Shows everything on one machine: here you play the customers, the network and the colleagues.'],
  somebodyCalls: ['客户来电', 'A customer calls'],
  who: ['谁', 'Who'],
  incomingFrom: ['号码', 'From'],
  anUnknown: ['没有资料的新号码', 'A number nobody knows'],
  otherNumber: ['其他号码', 'Another number'],
  calledSide: ['打给', 'To'],
  me: ['座席 {0}', 'Agent {0}'],
  groupSales: ['销售组', 'Sales group'],
  groupSupport: ['客服组', 'Support group'],
  mainMenu: ['语音菜单', 'Voice menu'],
  tone: ['对方的声音', 'Their voice'],
  toneLow: ['低音 300 Hz', 'Low, 300 Hz'],
  toneMiddle: ['中音 440 Hz', 'Middle, 440 Hz'],
  toneHigh: ['高音 880 Hz', 'High, 880 Hz'],
  ring: ['呼入', 'Call in'],
  duringCall: ['通话中的对方', 'The other side of the call'],
  hangUpOutside: ['让对方挂断', 'They hang up'],
  keys: ['对方按键', 'Keys they press'],
  pressKeys: ['按下', 'Press'],
  badDay: ['网络与平台', 'Network and platform'],
  dropSockets: ['断开连接', 'Drop the link'],
  refuse: ['拒绝连接 20 秒', 'Refuse for 20 s'],
  freeze: ['冻结 15 秒', 'Freeze for 15 s'],
  phoneLost: ['话机掉线', 'Lose the phone'],
  lock: ['锁定座席', 'Lock the agent'],
  unlock: ['解锁座席', 'Unlock the agent'],
  colleagues: ['同事登录', 'A colleague signs in'],
  colleaguesLead: ['在新标签页里再登录一位，就能转接、咨询和监听。', 'With one more in another tab calls can be transferred, consulted about and listened to.'],
  openAs: ['以 {0} 打开', 'Open as {0}'],
  opensTab: ['（新标签页）', '(new tab)'],
  numbersThat: ['特别的号码', 'Numbers that do something'],
  numberBusy: ['对方正忙', 'is busy'],
  numberVacant: ['空号', 'is vacant'],
  numberShort: ['接通 5 秒后挂断', 'hangs up after 5 s'],
  numberLong: ['振铃 10 秒后接听', 'rings for 10 s'],
  numberEcho: ['1 秒后重复您说的话', 'says after 1 s what you said'],
  eventsTitle: ['最近 50 个事件', 'Last 50 events'],
  startAnew: ['恢复演示数据', 'Restore the demo’s data'],
  restored: ['演示数据已恢复。', 'The demo’s data are restored.'],
  ringSent: ['{0} 正在呼入。就绪的座席会振铃。', '{0} is calling in. It rings at an agent who is ready.'],
  hangUpSent: ['对方已挂断。', 'They hung up.'],
  keysSent: ['对方按了 {0}。', 'They pressed {0}.'],
  faultSent: ['已开始：{0}', 'Started: {0}'],
  sandboxRefused: ['沙箱没有接受（HTTP {0}）。{1}', 'The sandbox did not accept it (HTTP {0}). {1}'],
  sandboxSilent: ['沙箱没有回应。检查它是否在运行。', 'The sandbox does not answer. Check that it is running.'],
};

// Why a call ended; any other cause shows the text that came with it, or its number.
const CAUSES = {
  0: ['正常结束', 'ended normally'],
  1003: ['没有这位座席', 'no such agent'],
  1017: ['对方正忙', 'busy'],
  1018: ['对方没有响应', 'no response'],
  1019: ['久叫不应', 'no answer'],
  1021: ['拒绝应答', 'rejected'],
  1066: ['话机未注册', 'phone not registered'],
  1487: ['接听前已取消', 'cancelled before the answer'],
  1600: ['已转接', 'transferred'],
  1601: ['已转接', 'transferred'],
  2114: ['空号', 'vacant number'],
};

const NAME = 'language';
const listeners = [];
let now = start();

function start() {
  const wanted = new URLSearchParams(location.search).get('lang') ?? recall(NAME) ?? navigator.language;
  return /^zh/i.test(wanted) ? 'zh' : 'en';
}

/** `zh` or `en`. */
export const language = () => now;

/** Has all of the page speak another language from now on. */
export function setLanguage(next) {
  now = next === 'zh' ? 'zh' : 'en';
  remember(NAME, now);
  listeners.forEach((listener) => listener(now));
}

/** Told whenever the language changes. */
export const onLanguage = (listener) => listeners.push(listener);

/** The half of a [Chinese, English] pair that is shown now; a plain text is both. */
export const say = (pair) => (Array.isArray(pair) ? pair[now === 'zh' ? 0 : 1] : pair ?? '');

/** A text of the page. */
export const word = (key, ...values) => say(WORDS[key]).replace(/\{(\d)\}/g, (_, at) => values[at] ?? '');

/** Why a call ended. The platform's own text is Chinese, so English shows what it has no words for by its number. */
export function causeWords(cause, text) {
  if (CAUSES[cause]) return say(CAUSES[cause]);
  return now === 'zh' && text ? text : word('causeNumber', cause);
}

/** Writes the texts that the page's HTML asks for. */
export function drawWords(root = document) {
  const each = (name, write) => {
    for (const element of root.querySelectorAll(`[data-word${name}]`)) {
      write(element, word(element.getAttribute(`data-word${name}`)));
    }
  };
  each('', (element, text) => { element.textContent = text; });
  each('-label', (element, text) => element.setAttribute('aria-label', text));
  each('-placeholder', (element, text) => { element.placeholder = text; });
}
