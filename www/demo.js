'use strict';
// A small CRM around the agent toolbar. It shows what a page does with the SDK:
// sign in, pop the caller's record, click to dial, log the call afterwards.
// Callers' data reach the page by textContent only.

// ---------------------------------------------------------------- words

// Every text of the page as [Chinese, English]; {0} is filled in.
const WORDS = {
  brand: ['演示 CRM', 'Demo CRM'],
  language: ['语言', 'Language'],
  agent: ['座席 {0}', 'Agent {0}'],
  navigation: ['主导航', 'Main navigation'],
  home: ['首页', 'Home'],
  customers: ['客户', 'Customers'],
  tickets: ['工单', 'Tickets'],
  orders: ['订单', 'Orders'],
  reports: ['报表', 'Reports'],
  notInDemo: ['演示中没有这一页', 'Not part of the demo'],
  close: ['关闭', 'Close'],

  signInTitle: ['座席登录', 'Agent sign-in'],
  signInLead: ['登录后，工具条出现在页面顶部。', 'Once you are signed in, the toolbar appears at the top of the page.'],
  agentNumber: ['工号', 'Agent number'],
  password: ['密码', 'Password'],
  passwordNote: ['沙箱的公开演示账号：座席 1001 到 1009，班长 1000，密码都是 123456。', 'The sandbox’s public demo accounts: agents 1001 to 1009 and supervisor 1000, all with password 123456.'],
  phoneType: ['话机', 'Phone'],
  sipPhone: ['SIP 话机', 'SIP phone'],
  mobile: ['手机', 'Mobile'],
  signIn: ['登录', 'Sign in'],
  signingIn: ['正在登录…', 'Signing in…'],
  refused: ['登录没有成功：{0}。检查工号和密码后再登录。', 'Sign-in did not go through: {0}. Check number and password, then sign in again.'],
  kicked: ['工号 {0} 在另一处登录，这里已退出。如果不是您，请改密码并告诉班长。', '{0} signed in elsewhere, so this page signed out. If this was not you, change the password and tell your supervisor.'],
  signedOut: ['已退出登录。登录后继续接电话。', 'You are signed out. Sign in to take calls again.'],
  noLink: ['还没有连上服务器。会自动重试，也可以再次登录。', 'The server is not reached yet. It is tried again by itself, or sign in once more.'],
  noToolbar: ['没有找到工具条的脚本 /pkg/agent-toolbar.js。构建后刷新本页。', 'The toolbar’s script /pkg/agent-toolbar.js is missing. Build it, then reload this page.'],

  find: ['查找姓名或号码', 'Find a name or number'],
  count: ['{0} 位', '{0} shown'],
  newCustomer: ['新客户', 'New customer'],
  matchedIn: ['来电匹配到 1 位客户', 'This caller matches 1 customer'],
  matchedOut: ['正在呼叫 1 位客户', 'Calling 1 customer'],
  unknownIn: ['新号码来电', 'A new number is calling'],
  unknownOut: ['正在呼叫新号码', 'Calling a new number'],
  colleague: ['同事', 'Colleague'],
  unknownLead: ['客户列表里没有这个号码。通话结束后自动建档。', 'This number is not in the list. A record is made when the call ends.'],
  colleagueLead: ['内部通话，不计入客户往来。', 'An internal call. It is not kept in a customer record.'],
  openTickets: ['未结工单', 'Open tickets'],
  openOrders: ['在途订单', 'Orders on the way'],
  rating: ['满意度', 'Satisfaction'],
  call: ['呼叫', 'Call'],
  callName: ['呼叫 {0}', 'Call {0}'],
  recent: ['最近往来', 'Recent activity'],
  nothingYet: ['还没有往来记录。', 'No activity yet.'],
  details: ['资料', 'Details'],
  city: ['城市', 'City'],
  product: ['产品', 'Product'],
  warranty: ['保修', 'Warranty'],
  until: ['至 {0}', 'until {0}'],
  spoken: ['语言', 'Speaks'],
  owner: ['负责座席', 'Account agent'],

  callIn: ['来电', 'Incoming call'],
  callOut: ['去电', 'Outgoing call'],
  talked: ['通话 {0}，{1}', 'Talked {0}, {1}'],
  weHungUp: ['我方先挂断', 'our side hung up'],
  theyHungUp: ['对方先挂断', 'the other side hung up'],
  passedOn: ['已转给同事', 'passed on'],
  notConnected: ['未接通：{0}', 'Not connected: {0}'],
  causeNumber: ['原因 {0}', 'cause {0}'],

  sandbox: ['沙箱', 'Sandbox'],
  incomingFrom: ['外部来电号码', 'Incoming call from'],
  ring: ['呼入', 'Ring me'],
  hangUpOutside: ['让对方挂断', 'Hang up the outside person'],
  faults: ['故障', 'Faults'],
  dropSockets: ['断开连接', 'Drop sockets'],
  refuse: ['拒绝连接 60 秒', 'Refuse 60 s'],
  freeze: ['冻结 15 秒', 'Freeze 15 s'],
  ringSent: ['已呼入座席 {0}。就绪状态下会振铃。', 'Agent {0} is being called. It rings when the state is ready.'],
  hangUpSent: ['对方已挂断。', 'The outside person hung up.'],
  faultSent: ['故障已开始：{0}', 'Fault started: {0}'],
  sandboxRefused: ['沙箱没有接受（HTTP {0}）。', 'The sandbox did not accept it (HTTP {0}).'],
  sandboxSilent: ['沙箱没有回应。检查它是否在运行。', 'The sandbox does not answer. Check that it is running.'],
  events: ['最近 50 个事件', 'Last 50 events'],
};

// The causes a sandbox call ends with; any other shows the text that came with it.
const CAUSES = {
  0: ['正常结束', 'ended normally'],
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
const TRANSFERRED = [1600, 1601];

let lang = startLanguage();

function startLanguage() {
  const wanted = new URLSearchParams(location.search).get('lang') || navigator.language;
  return /^zh/i.test(wanted) ? 'zh' : 'en';
}

// The half of a [Chinese, English] pair that the page shows now; a plain string is both.
function say(pair) {
  return Array.isArray(pair) ? pair[lang === 'zh' ? 0 : 1] : pair;
}

function word(key, ...values) {
  return say(WORDS[key]).replace(/\{(\d)\}/g, (_, index) => values[index]);
}

// ---------------------------------------------------------------- numbers and times

function mask(number) {
  return String(number).replace(/(\d{3})\d*(\d{4})/, '$1****$2');
}

// For free text such as an error message: every number in it long enough to be somebody's.
function maskAll(text) {
  return String(text).replace(/\d{7,}/g, mask);
}

// Platforms put a country code or a trunk 0 before mobile numbers; both mean the same person.
function plainNumber(number) {
  return String(number ?? '').replace(/\D/g, '').replace(/^(86|0)(?=1\d{10}$)/, '');
}

function isExtension(number) {
  return /^\d{4}$/.test(number);
}

function clock(seconds) {
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

const two = (value) => String(value).padStart(2, '0');

function isToday(time) {
  return new Date(time).toDateString() === new Date().toDateString();
}

function showClock(time) {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

// Month before day with a dash: read the same way in both languages.
function showDay(time) {
  const date = new Date(time);
  return isToday(time) ? showClock(time) : `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function showTime(time) {
  return isToday(time) ? showClock(time) : `${showDay(time)} ${showClock(time)}`;
}

// ---------------------------------------------------------------- customers (made up)

const START = Date.now();
const daysAgo = (days, hours = 0) => START - (days * 24 + hours) * 3600e3;
const note = (time, title, text) => ({ icon: 'note', time, title, text });
const PUTONGHUA = ['普通话', 'Mandarin'];
const CANTONESE = ['粤语', 'Cantonese'];
const TAG_VIP = 'VIP';
const TAG_CALL_BACK = ['待回访', 'Call back'];
const TAG_COMPLAINT = ['投诉', 'Complaint'];

const customers = [
  {
    name: ['陈思远', 'Chen Siyuan'], tag: TAG_VIP, number: '13800138000', city: ['杭州', 'Hangzhou'], figures: [1, 2, '4.8'],
    hint: ['门锁 S3 电量报警，新电池已寄出。先确认是否收到。', 'The S3 lock reports a low battery and a new one is on its way. First ask whether it arrived.'],
    product: ['智能门锁 S3', 'Smart lock S3'], warranty: '2028-04', spoken: PUTONGHUA, owner: '1001',
    activity: [
      note(daysAgo(1, 3), ['工单：电量报警', 'Ticket: low battery'], ['换过电池仍然报警，寄出原装电池一组。', 'It still warns after a change of batteries, so an original set was sent.']),
      note(daysAgo(6, 1), ['订单：门磁两件', 'Order: two door sensors'], ['已付款，仓库备货中。', 'Paid, being packed at the warehouse.']),
      note(daysAgo(40), ['安装完成', 'Installation finished'], ['师傅当天装好，客户打 5 分。', 'Fitted the same day, the customer gave 5 points.']),
    ],
  },
  {
    name: ['林可欣', 'Lin Kexin'], number: '13900139000', city: ['厦门', 'Xiamen'], figures: [0, 1, '4.5'],
    hint: ['网关延迟发货，已答应本周五前送到。', 'Her gateway ships late, delivery is promised by Friday.'],
    product: ['家庭网关 G1', 'Home gateway G1'], warranty: '2027-11', spoken: PUTONGHUA, owner: '1002',
    activity: [note(daysAgo(2, 5), ['订单：网关 G1', 'Order: gateway G1'], ['缺货三天，客户同意等。', 'Out of stock for three days, the customer agreed to wait.'])],
  },
  {
    name: ['欧阳明', 'Ouyang Ming'], tag: TAG_CALL_BACK, number: '13700137000', city: ['广州', 'Guangzhou'], figures: [1, 0, '4.1'],
    hint: ['想加一路门铃，等报价。', 'Wants a second doorbell and waits for a price.'],
    product: ['可视门铃 D2', 'Video doorbell D2'], warranty: '2027-08', spoken: CANTONESE, owner: '1001',
    activity: [note(daysAgo(3, 2), ['询价：第二只门铃', 'Enquiry: second doorbell'], ['报价单下午发出。', 'The offer goes out this afternoon.'])],
  },
  {
    name: ['赵雅婷', 'Zhao Yating'], number: '13600136000', city: ['成都', 'Chengdu'], figures: [0, 0, '4.9'],
    hint: ['上次问过儿童锁，已经教会。', 'Asked about the child lock last time and got it working.'],
    product: ['智能门锁 S2', 'Smart lock S2'], warranty: '2026-12', spoken: PUTONGHUA, owner: '1003',
    activity: [note(daysAgo(5), ['咨询：儿童锁', 'Question: child lock'], ['在线指导五分钟，问题解决。', 'Solved in five minutes by phone.'])],
  },
  {
    name: ['高志强', 'Gao Zhiqiang'], tag: TAG_COMPLAINT, number: '15800158000', city: ['沈阳', 'Shenyang'], figures: [2, 0, '2.6'],
    hint: ['师傅两次改期。先道歉，再给出确定的时间。', 'The fitter moved the visit twice. Apologise first, then name a firm time.'],
    product: ['智能门锁 S3', 'Smart lock S3'], warranty: '2028-09', spoken: PUTONGHUA, owner: '1004',
    activity: [
      note(daysAgo(1, 8), ['投诉：安装改期', 'Complaint: visit moved'], ['班长跟进，答应今天回电。', 'The supervisor follows up and will call today.']),
      note(daysAgo(8), ['工单：上门安装', 'Ticket: installation'], ['原定周三，师傅改到周六。', 'Planned for Wednesday, moved to Saturday.']),
    ],
  },
  {
    name: ['苏小曼', 'Su Xiaoman'], number: '15000150000', city: ['上海', 'Shanghai'], figures: [0, 3, '4.7'],
    hint: ['三件配件在途，最后一件明天到。', 'Three parts on the way, the last comes tomorrow.'],
    product: ['温控器 T1', 'Thermostat T1'], warranty: '2028-01', spoken: PUTONGHUA, owner: '1005',
    activity: [note(daysAgo(4, 6), ['订单：温控器配件', 'Order: thermostat parts'], ['分三次发货，运费已免。', 'Sent in three parcels, postage waived.'])],
  },
  {
    name: ['罗振华', 'Luo Zhenhua'], tag: TAG_VIP, number: '18600186000', city: ['武汉', 'Wuhan'], figures: [0, 0, '5.0'],
    hint: ['小区集中采购，合同下月到期。', 'Buys for a whole estate, the contract ends next month.'],
    product: ['楼宇对讲 B4', 'Building intercom B4'], warranty: '2029-02', spoken: PUTONGHUA, owner: '1001',
    activity: [note(daysAgo(9), ['合同续签', 'Contract renewal'], ['新合同已寄，等盖章。', 'The new contract is sent and waits for the stamp.'])],
  },
  {
    name: ['何美玲', 'He Meiling'], number: '18800188000', city: ['深圳', 'Shenzhen'], figures: [1, 0, '4.0'],
    hint: ['手机丢失，旧手机的开锁权限已停用。', 'Lost her mobile, its right to unlock was taken away.'],
    product: ['智能门锁 S2', 'Smart lock S2'], warranty: '2027-05', spoken: CANTONESE, owner: '1006',
    activity: [note(daysAgo(11, 4), ['工单：更换手机', 'Ticket: new mobile'], ['核对身份后绑定了新手机。', 'Identity checked, the new mobile is paired.'])],
  },
  {
    name: ['韩冬', 'Han Dong'], number: '17700177000', city: ['西安', 'Xi’an'], figures: [0, 1, '4.4'],
    hint: ['换货已签收，等待退款到账。', 'The exchange arrived, the refund is under way.'],
    product: ['可视门铃 D1', 'Video doorbell D1'], warranty: '2026-10', spoken: PUTONGHUA, owner: '1007',
    activity: [note(daysAgo(13), ['换货：门铃 D1', 'Exchange: doorbell D1'], ['摄像头有划痕，换新。', 'Scratched camera, replaced.'])],
  },
  {
    name: ['唐雨桐', 'Tang Yutong'], tag: TAG_CALL_BACK, number: '13300133000', city: ['南京', 'Nanjing'], figures: [1, 0, '4.3'],
    hint: ['约好本周演示远程开门。', 'A demonstration of remote unlocking is agreed for this week.'],
    product: ['家庭网关 G1', 'Home gateway G1'], warranty: '2028-06', spoken: PUTONGHUA, owner: '1008',
    activity: [note(daysAgo(15, 2), ['预约：远程演示', 'Appointment: remote demo'], ['时间待定，先电话确认。', 'No time yet, to be agreed by phone.'])],
  },
];

let selected = customers[0];
let search = '';

function findCustomer(number) {
  return customers.find((customer) => customer.number === plainNumber(number));
}

function addCustomer(number) {
  const customer = { name: WORDS.newCustomer, number: plainNumber(number), activity: [] };
  customers.unshift(customer);
  return customer;
}

function matchesSearch(customer) {
  const digits = search.replace(/\D/g, '');
  const names = [].concat(customer.name).join(' ').toLowerCase();
  return names.includes(search.toLowerCase()) || (digits !== '' && customer.number.includes(digits));
}

// ---------------------------------------------------------------- drawing

const $ = (id) => document.getElementById(id);

// An element with attributes and children; strings become text nodes, so data are never parsed as HTML.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

function drawWords() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = word('brand');
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll('[data-word-label]')) element.setAttribute('aria-label', word(element.dataset.wordLabel));
  for (const element of document.querySelectorAll('[data-word-title]')) element.title = word(element.dataset.wordTitle);
  for (const element of document.querySelectorAll('[data-word-placeholder]')) element.placeholder = word(element.dataset.wordPlaceholder);
  for (const element of document.querySelectorAll('[data-lang]')) element.value = lang;
}

function drawAll() {
  drawWords();
  drawSession();
  drawList();
  drawRecord();
  drawPop();
  drawSandboxStatus();
}

function face(name, large) {
  return make('span', { class: large ? 'face large' : 'face', 'aria-hidden': 'true' }, say(name).charAt(0));
}

function nameLine(customer) {
  return make('span', { class: 'name' }, make('span', {}, say(customer.name)), customer.tag && make('span', { class: 'tag' }, say(customer.tag)));
}

function drawList() {
  const shown = customers.filter(matchesSearch);
  $('customer-count').textContent = word('count', shown.length);
  $('customer-rows').replaceChildren(...shown.map(customerRow));
}

function customerRow(customer) {
  const newest = customer.activity[0];
  const row = make('button', { type: 'button', class: 'row', 'data-test': 'customer-row', 'aria-current': customer === selected ? 'true' : undefined },
    face(customer.name),
    make('span', { class: 'grow' },
      nameLine(customer),
      make('span', { class: 'between' },
        make('span', { class: 'number' }, mask(customer.number)),
        make('span', { class: 'number' }, newest ? showDay(newest.time) : ''))));
  row.addEventListener('click', () => select(customer));
  return make('li', {}, row);
}

// Drawing the list anew would lose the keyboard's place in it.
function select(customer) {
  const focusInList = $('customer-rows').contains(document.activeElement);
  selected = customer;
  drawList();
  drawRecord();
  if (focusInList) document.querySelector('.row[aria-current]')?.focus();
}

function drawRecord() {
  const button = make('button', { type: 'button', 'data-test': 'customer-call', 'aria-label': word('callName', say(selected.name)) }, icon('call'), word('call'));
  button.addEventListener('click', () => dial(selected.number));
  const where = selected.city ? `${mask(selected.number)} · ${say(selected.city)}` : mask(selected.number);
  $('record').replaceChildren(
    make('div', { class: 'identity' },
      face(selected.name, true),
      make('div', { class: 'grow' }, make('h2', {}, nameLine(selected)), make('p', { class: 'number' }, where)),
      button),
    make('div', { class: 'columns' },
      make('section', {}, make('h3', {}, word('recent')), timeline(selected.activity)),
      make('section', {}, make('h3', {}, word('details')), facts(selected))));
}

function timeline(activity) {
  if (activity.length === 0) return make('p', { class: 'muted' }, word('nothingYet'));
  return make('ol', { class: 'timeline', 'data-test': 'activity' }, ...activity.map(timelineItem));
}

function timelineItem(item) {
  const { title, text, icon: name } = item.call ? callWords(item.call) : item;
  return make('li', {},
    make('span', { class: 'bullet' }, icon(name)),
    make('div', { class: 'grow' },
      make('div', { class: 'between' }, make('span', {}, say(title)), make('span', { class: 'muted small number' }, showTime(item.time))),
      make('p', {}, say(text))));
}

function facts(customer) {
  const rows = [
    ['city', say(customer.city)],
    ['product', say(customer.product)],
    ['warranty', customer.warranty && word('until', customer.warranty)],
    ['spoken', say(customer.spoken)],
    ['owner', customer.owner],
  ];
  return make('dl', { class: 'facts' }, ...rows.flatMap(([key, value]) => [make('dt', {}, word(key)), make('dd', {}, value || '–')]));
}

// ---------------------------------------------------------------- the call and its pop

// Events that tell who is on the line. Any of them opens the pop, because a page
// that was reloaded during a call never sees the ringing.
const CALL_EVENTS = ['AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation'];
const TALKING_OR_RINGING = /^(AgentOriginate|AgentRinging|AgentAnswer|Called\w+|Conversation|Hold|UnHold|Mute|Unmute|Transfer\w+|Consult\w+|Tripartite\w+|MakeCall|CancelCall|Listen\w*|Whisper\w*|ForceInsert\w*|Intercept\w*)$/;

let call = null; // { id, number, inbound }

function otherParty(data) {
  const inbound = Number(data.callDirection) === 1;
  return { id: data.occCallId, inbound, number: String((inbound ? data.caller : data.called) ?? '') };
}

function isCurrentCall(id) {
  return call !== null && (!id || !call.id || id === call.id);
}

function followCall(data) {
  if (isCurrentCall(data.occCallId)) return; // a consult keeps the id but names the colleague: the customer stays
  const next = otherParty(data);
  if (next.number === '') return;
  call = next;
  const customer = findCustomer(call.number);
  if (customer) select(customer);
  drawPop();
}

function dropCall() {
  call = null;
  drawPop();
}

function endCall(data) {
  const ended = isCurrentCall(data.occCallId) ? call : otherParty(data);
  if (ended === call) dropCall();
  if (ended.number !== '' && !isExtension(ended.number)) logCall(ended, data);
}

function logCall(ended, data) {
  const customer = findCustomer(ended.number) ?? addCustomer(ended.number);
  const answered = Number(data.answerTime) || 0;
  const end = Number(data.endTime) || Date.now();
  customer.activity.unshift({
    time: Number(data.beginTime) || end,
    call: {
      inbound: ended.inbound,
      seconds: answered ? Math.max(0, Math.round((end - answered) / 1000)) : null,
      cause: Number(data.cause) || 0,
      causeText: typeof data.data === 'string' ? data.data : '',
      byOther: Number(data.hangupDirection) === 1,
    },
  });
  select(customer);
}

function callWords({ inbound, seconds, cause, causeText, byOther }) {
  const how = TRANSFERRED.includes(cause) ? 'passedOn' : byOther ? 'theyHungUp' : 'weHungUp';
  return {
    icon: inbound ? 'call-in' : 'call-out',
    title: WORDS[inbound ? 'callIn' : 'callOut'],
    text: seconds === null ? word('notConnected', causeWords(cause, causeText)) : word('talked', clock(seconds), word(how)),
  };
}

// The platform's own text is Chinese, so English shows it only by its number.
function causeWords(cause, causeText) {
  if (CAUSES[cause]) return say(CAUSES[cause]);
  return lang === 'zh' && causeText ? causeText : word('causeNumber', cause);
}

function drawPop() {
  $('sandbox-hangup').disabled = !call?.id;
  $('pop-place').replaceChildren(...(call ? [popCard(call)] : []));
}

function popCard({ number, inbound }) {
  const customer = findCustomer(number);
  const title = customer ? (inbound ? 'matchedIn' : 'matchedOut') : (inbound ? 'unknownIn' : 'unknownOut');
  return make('section', { class: 'card pop', 'data-test': 'pop', 'aria-label': word(title) },
    make('div', { class: 'pop-title' },
      icon(inbound ? 'call-in' : 'call-out'),
      make('span', {}, word(title)),
      make('span', { class: 'number', 'data-test': 'pop-number' }, mask(customer?.number ?? number))),
    ...(customer ? knownCaller(customer) : [unknownCaller(number)]));
}

function knownCaller(customer) {
  const [tickets, orders, rating] = customer.figures ?? [0, 0, '–'];
  const figure = (key, value) => make('div', { class: 'figure' }, make('dt', {}, word(key)), make('dd', {}, String(value)));
  return [
    make('div', { class: 'identity' },
      face(customer.name, true),
      make('div', { class: 'grow' }, nameLine(customer), make('p', {}, [customer.city, customer.product].filter(Boolean).map(say).join(' · '))),
      make('dl', { class: 'figures' }, figure('openTickets', tickets), figure('openOrders', orders), figure('rating', rating))),
    customer.hint ? make('p', { class: 'hint' }, say(customer.hint)) : '',
  ];
}

function unknownCaller(number) {
  const internal = isExtension(number);
  const name = WORDS[internal ? 'colleague' : 'newCustomer'];
  return make('div', { class: 'identity' },
    face(name, true),
    make('div', { class: 'grow' },
      nameLine({ name }),
      make('p', { class: 'number' }, mask(number)),
      make('p', { class: 'muted' }, word(internal ? 'colleagueLead' : 'unknownLead'))));
}

function dial(number) {
  showNotice('');
  try {
    window.sdk.call(number);
  } catch (error) {
    showNotice(error.message);
  }
}

function showNotice(text) {
  $('notice').hidden = text === '';
  $('notice-text').textContent = maskAll(text);
}

// ---------------------------------------------------------------- session

// 'out', 'signing' (asked, not answered yet) or 'in'
let session = 'out';
let agentNumber = '';
let signInNote = null; // [word key, ...values]

function drawSession() {
  const signedIn = session === 'in';
  $('signin').hidden = signedIn;
  $('crm').hidden = !signedIn;
  $('whoami').textContent = signedIn ? word('agent', agentNumber) : '';
  $('signin-error').hidden = signInNote === null;
  $('signin-error').textContent = signInNote ? word(...signInNote) : '';
  $('signin-progress').textContent = session === 'signing' ? word('signingIn') : '';
}

function setSession(next, note = null) {
  const before = $(session === 'in' ? 'crm' : 'signin');
  const hadFocus = before.contains(document.activeElement);
  session = next;
  signInNote = note;
  drawSession();
  if (before.hidden && hadFocus) focusStart();
}

// What had the keyboard's focus is hidden now: go on at the start of what is shown instead.
function focusStart() {
  (session === 'in' ? $('customers') : $('signin-form').elements.agent).focus();
}

function signIn({ agent, password, type }) {
  leaveOldSdk();
  agentNumber = agent;
  if (typeof window.AgentSdk !== 'function') return setSession('out', ['noToolbar']);
  setSession('signing');
  try {
    window.sdk = new window.AgentSdk({
      url: socketAddress(),
      host: '/',
      connectAccount: 'demo',
      connectPassword: 'demo',
      subscribePath: '/topic',
      companyShortName: 'demo',
      agentNumber: agent,
      agentPassword: password,
      loginType: Number(type),
      el: '#toolbar',
      lang,
      phoneEncryption: true,
    });
  } catch (error) {
    return setSession('out', ['refused', error.message]);
  }
  listen(window.sdk);
}

function socketAddress() {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new URLSearchParams(location.search).get('ws') || `${scheme}://${location.host}/ws`;
}

// One page, one SDK: the one before gives up its link and its place.
function leaveOldSdk() {
  const old = window.sdk;
  window.sdk = undefined;
  dropCall();
  try {
    old?.break?.();
  } catch {
    // it was not connected any more
  }
  $('toolbar').replaceChildren();
}

// What the page listens to. Answers that are polled every second or two
// (Surveillance, GroupQueueNum) are left out: they would push all else off the list.
const EVENTS = [
  'Open', 'Error', 'Close', 'Login', 'Logout', 'Reconnect', 'Kick', 'Lock', 'SipError', 'Exception',
  'Idle', 'Busy', 'After', 'MakeCall', 'MakeCallFail', 'AgentOriginate', ...CALL_EVENTS, 'CancelCall',
  'Hold', 'UnHold', 'Mute', 'Unmute', 'SendDTMF',
  'TransferCall', 'TransferCalling', 'TransferCallFail', 'TransferCancel',
  'ConsultCall', 'ConsultCalling', 'ConsultCallFail', 'ConsultCancel', 'ConsultTransfer', 'ConsultedCancel',
  'TripartiteTalk', 'TripartiteTalking', 'TripartiteTalkFail',
  'Listen', 'Listening', 'ListenFail', 'Whisper', 'Whispering', 'WhisperFail',
  'ForceInsert', 'ForceInserting', 'ForceInsertFail', 'Intercept', 'Intercepting', 'InterceptFail',
  'ForceBreak', 'ForceIdle', 'ForceBusy', 'ForceLogout', 'QueueInfo', 'GroupInfo', 'IdleAgent',
];

function listen(sdk) {
  for (const name of EVENTS) {
    sdk.on(name, (event) => {
      if (sdk !== window.sdk) return; // an SDK that was replaced still says goodbye
      logEvent(name, event);
      handle(sdk, name, event ?? {});
    });
  }
}

function handle(sdk, name, event) {
  if (CALL_EVENTS.includes(name)) return followCall(event.data ?? {});
  switch (name) {
    case 'Login': return signedIn('');
    case 'Reconnect': return signedIn(event.nowState ?? '');
    case 'After': return endCall(event.data ?? {});
    case 'MakeCallFail': return dropCall();
    case 'Kick': return signedOut(['kicked', agentNumber]);
    case 'Logout': return signedOut(['signedOut']);
    case 'Error': return session === 'signing' ? setSession('signing', ['noLink']) : undefined;
    case 'Exception': return exception(sdk, event.message ?? '');
  }
}

function signedIn(nowState) {
  if (!TALKING_OR_RINGING.test(nowState)) dropCall(); // the call ended while the link was away
  setSession('in');
}

// A kick may be followed by a logout: the first reason is the one that tells most.
function signedOut(why) {
  if (session === 'out') return;
  dropCall();
  showNotice('');
  setSession('out', why);
}

// Without a call and with a live link, "not logged in" means that the login was refused.
// In a call the record stays in sight; the toolbar says what is wrong.
function exception(sdk, message) {
  const refused = session === 'in' && !call && sdk.isConnected?.() === true && sdk.isLogin?.() === false;
  if (session === 'signing' || refused) signedOut(['refused', maskAll(message)]);
  else if (session === 'in') showNotice(message);
}

// ---------------------------------------------------------------- sandbox

const EVENTS_KEPT = 50;
let sandboxNote = null; // [word key, ...values]

function logEvent(name, event) {
  const data = event?.data;
  const party = data && typeof data === 'object' && data.callDirection !== undefined ? mask(otherParty(data).number) : '';
  const detail = name === 'Exception' ? maskAll(event?.message ?? '') : party;
  const time = new Date();
  $('events').prepend(make('li', {},
    make('time', { datetime: time.toISOString() }, time.toTimeString().slice(0, 8)),
    [name, detail].filter(Boolean).join(' ')));
  while ($('events').children.length > EVENTS_KEPT) $('events').lastChild.remove();
}

async function askSandbox(path, body, done) {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    sandboxNote = response.ok ? done : ['sandboxRefused', response.status];
  } catch {
    sandboxNote = ['sandboxSilent'];
  }
  drawSandboxStatus();
}

function drawSandboxStatus() {
  $('sandbox-status').textContent = sandboxNote ? word(...sandboxNote) : '';
}

function ringMe() {
  const agent = session === 'in' ? agentNumber : $('signin-form').elements.agent.value;
  askSandbox('/sandbox/calls', { from: $('sandbox-from').value.trim(), agent }, ['ringSent', agent]);
}

function hangUpOutside() {
  if (call?.id) askSandbox(`/sandbox/calls/${encodeURIComponent(call.id)}/hangup`, {}, ['hangUpSent']);
}

function startFault(button) {
  const { fault: kind, ms } = button.dataset;
  askSandbox('/sandbox/faults', ms ? { kind, ms: Number(ms) } : { kind }, ['faultSent', kind]);
}

// ---------------------------------------------------------------- wiring

function setLang(next) {
  lang = next;
  window.sdk?.setLang?.(lang);
  drawAll();
}

function submitSignIn() {
  const { agent, password, type } = $('signin-form').elements;
  signIn({ agent: agent.value.trim(), password: password.value, type: type.value });
}

function onSubmit(form, act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act();
  });
}

function wire() {
  for (const element of document.querySelectorAll('[data-lang]')) element.addEventListener('change', () => setLang(element.value));
  for (const button of document.querySelectorAll('[data-fault]')) button.addEventListener('click', () => startFault(button));
  onSubmit($('signin-form'), submitSignIn);
  onSubmit($('ring-form'), ringMe);
  $('sandbox-hangup').addEventListener('click', hangUpOutside);
  $('notice-close').addEventListener('click', () => showNotice(''));
  $('customer-search').addEventListener('input', (event) => {
    search = event.target.value.trim();
    drawList();
  });
}

// ?agent= and ?password= fill the form; ?auto=1 sends it at once.
function readAddress() {
  const wanted = new URLSearchParams(location.search);
  const fields = $('signin-form').elements;
  for (const name of ['agent', 'password']) {
    if (wanted.has(name)) fields[name].value = wanted.get(name);
  }
  if (wanted.get('auto') === '1') submitSignIn();
}

wire();
// On a narrow screen the open panel would hide the page.
$('sandbox').open = matchMedia('(min-width: 1200px)').matches;
drawAll();
readAddress();
