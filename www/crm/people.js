// The customers of the demo. All of them are invented. Chinese numbers have a block that no operator has (154 0000 …), but for
// the one that the README dials; British and American ones are of the blocks that are kept for films and books.

const DAY = 24 * 3600e3;

/** Tags of customers, by id. */
export const TAGS = {
  vip: ['VIP', 'VIP'],
  callBack: ['待回访', 'Call back'],
  complaint: ['投诉', 'Complaint'],
  business: ['企业', 'Business'],
  doNotCall: ['勿致电', 'Do not call'],
  fresh: ['新客户', 'New'],
};

const PRODUCTS = {
  lock: ['智能门锁 S3', 'Smart lock S3'],
  lock2: ['智能门锁 S2', 'Smart lock S2'],
  bell: ['可视门铃 D2', 'Video doorbell D2'],
  gateway: ['家庭网关 G1', 'Home gateway G1'],
  heat: ['温控器 T1', 'Thermostat T1'],
  intercom: ['楼宇对讲 B4', 'Building intercom B4'],
  sensor: ['门窗传感器', 'Door and window sensor'],
  camera: ['户外摄像头 C5', 'Outdoor camera C5'],
};

const STATES = {
  packing: ['备货中', 'being packed'],
  sent: ['运输中', 'on the way'],
  done: ['已签收', 'delivered'],
  back: ['退货中', 'coming back'],
};

const SPOKEN = { zh: ['普通话', 'Mandarin'], yue: ['粤语', 'Cantonese'], en: ['英语', 'English'] };

const CITIES = {
  hz: ['杭州', 'Hangzhou'], xm: ['厦门', 'Xiamen'], gz: ['广州', 'Guangzhou'], cd: ['成都', 'Chengdu'], sy: ['沈阳', 'Shenyang'],
  sh: ['上海', 'Shanghai'], wh: ['武汉', 'Wuhan'], sz: ['深圳', 'Shenzhen'], xa: ['西安', 'Xi’an'], nj: ['南京', 'Nanjing'],
  bj: ['北京', 'Beijing'], cq: ['重庆', 'Chongqing'], qd: ['青岛', 'Qingdao'], cs: ['长沙', 'Changsha'], km: ['昆明', 'Kunming'],
  ld: ['伦敦', 'London'], ed: ['爱丁堡', 'Edinburgh'], ma: ['曼彻斯特', 'Manchester'], ny: ['纽约', 'New York'], se: ['西雅图', 'Seattle'],
};

// Name, number, city, language, tags, product, satisfaction, agent, orders as [product, state, days ago], hint.
const ROWS = [
  [['陈思远', 'Chen Siyuan'], '13800138000', 'hz', 'zh', ['vip'], 'lock', 4.8, '1001', [['sensor', 'sent', 2], ['sensor', 'packing', 1]],
    ['门锁电量报警，新电池已寄出。先确认是否收到。', 'The lock reports a low battery and a new one is on its way. First ask whether it arrived.']],
  [['林可欣', 'Lin Kexin'], '15400000102', 'xm', 'zh', [], 'gateway', 4.5, '1002', [['gateway', 'packing', 4]],
    ['网关延迟发货，已答应周五前送到。', 'The gateway ships late, delivery is promised by Friday.']],
  ['Amelia Hart', '447700900114', 'ld', 'en', ['vip', 'business'], 'intercom', 4.9, '1001', [['intercom', 'sent', 3]],
    ['为三栋楼采购对讲，合同下月到期。', 'Buys intercoms for three buildings, the contract ends next month.']],
  [['欧阳明', 'Ouyang Ming'], '15400000103', 'gz', 'yue', ['callBack'], 'bell', 4.1, '1001', [],
    ['想加一路门铃，等报价。', 'Wants a second doorbell and waits for a price.']],
  [['赵雅婷', 'Zhao Yating'], '15400000104', 'cd', 'zh', [], 'lock2', 4.9, '1003', [['lock2', 'done', 40]],
    ['上次问过儿童锁，已经教会。', 'Asked about the child lock last time and got it working.']],
  [['高志强', 'Gao Zhiqiang'], '15400000105', 'sy', 'zh', ['complaint'], 'lock', 2.6, '1004', [['lock', 'sent', 6]],
    ['师傅两次改期。先道歉，再给出确定的时间。', 'The fitter moved the visit twice. Apologise first, then name a firm time.']],
  ['Daniel Okafor', '12025550118', 'ny', 'en', ['callBack'], 'camera', 4.2, '1002', [['camera', 'back', 5]],
    ['摄像头夜间画面偏暗，退货在途。', 'The camera’s picture is dark at night, it is coming back.']],
  [['苏小曼', 'Su Xiaoman'], '15400000106', 'sh', 'zh', [], 'heat', 4.7, '1005', [['heat', 'sent', 2], ['sensor', 'sent', 2], ['gateway', 'packing', 1]],
    ['三件配件在途，最后一件明天到。', 'Three parts are on the way, the last comes tomorrow.']],
  [['罗振华', 'Luo Zhenhua'], '15400000107', 'wh', 'zh', ['vip', 'business'], 'intercom', 5, '1001', [['intercom', 'done', 30]],
    ['小区集中采购，等盖章的合同。', 'Buys for a whole estate and waits for the stamped contract.']],
  [['何美玲', 'He Meiling'], '15400000108', 'sz', 'yue', [], 'lock2', 4, '1006', [],
    ['手机丢失，旧手机的开锁权限已停用。', 'Lost a mobile, its right to unlock was taken away.']],
  ['Fiona Campbell', '447700900127', 'ed', 'en', [], 'heat', 4.6, '1003', [['heat', 'done', 12]],
    ['冬季模式已设好，问过两次电费。', 'Winter mode is set, asked twice about the power bill.']],
  [['韩冬', 'Han Dong'], '15400000109', 'xa', 'zh', [], 'bell', 4.4, '1007', [['bell', 'back', 8]],
    ['换货已签收，等待退款到账。', 'The exchange arrived, the refund is under way.']],
  [['唐雨桐', 'Tang Yutong'], '15400000110', 'nj', 'zh', ['callBack'], 'gateway', 4.3, '1008', [],
    ['约好演示远程开门，先定时间。', 'A demonstration of remote unlocking is agreed, name a time.']],
  [['冯家豪', 'Feng Jiahao'], '15400000111', 'gz', 'yue', ['doNotCall'], 'camera', 3.2, '1009', [['camera', 'done', 60]],
    ['要求不要致电，只发邮件。', 'Asked not to be called, by e-mail only.']],
  ['Grace Lindqvist', '12065550143', 'se', 'en', ['fresh'], 'bell', 4.5, '1004', [['bell', 'packing', 1]],
    ['第一次购买，问过安装。', 'A first order, asked about fitting.']],
  [['曹文静', 'Cao Wenjing'], '15400000112', 'bj', 'zh', ['vip'], 'lock', 4.8, '1001', [['lock', 'done', 20]],
    ['家里两把锁都已联网。', 'Both locks at home are on line.']],
  [['邓子涵', 'Deng Zihan'], '15400000113', 'cq', 'zh', [], 'sensor', 4.1, '1002', [['sensor', 'sent', 3]]],
  [['许建国', 'Xu Jianguo'], '15400000114', 'qd', 'zh', ['complaint'], 'gateway', 2.9, '1006', [['gateway', 'back', 4]],
    ['网关每天掉线，换新还是没好。', 'The gateway drops each day, also the new one.']],
  ['Henry Whitfield', '447700900135', 'ma', 'en', ['business'], 'camera', 4.3, '1005', [['camera', 'sent', 2]],
    ['仓库要十二只摄像头，分两批。', 'Wants twelve cameras for a warehouse, in two parts.']],
  [['彭佳怡', 'Peng Jiayi'], '15400000115', 'cs', 'zh', [], 'heat', 4.6, '1003', []],
  [['程浩然', 'Cheng Haoran'], '15400000116', 'hz', 'zh', ['fresh'], 'lock2', 4.4, '1004', [['lock2', 'packing', 1]]],
  [['蒋思琪', 'Jiang Siqi'], '15400000117', 'km', 'zh', ['callBack'], 'bell', 4.2, '1007', [],
    ['门铃要换位置，等师傅回话。', 'The doorbell moves, the fitter is to call back.']],
  ['Isla Bennett', '447700900148', 'ld', 'en', [], 'lock', 4.7, '1008', [['lock', 'done', 9]]],
  [['沈一鸣', 'Shen Yiming'], '15400000118', 'sh', 'zh', ['business'], 'intercom', 4.5, '1001', [['intercom', 'packing', 2]],
    ['写字楼对讲升级，等现场勘测。', 'An office block’s intercom is renewed, the site is to be seen.']],
  [['谢雨晴', 'Xie Yuqing'], '15400000119', 'xm', 'zh', [], 'camera', 4.8, '1002', []],
  [['马俊杰', 'Ma Junjie'], '15400000120', 'xa', 'zh', [], 'gateway', 4, '1003', [['gateway', 'done', 15]]],
  ['Jack Sullivan', '12125550166', 'ny', 'en', ['complaint'], 'heat', 2.8, '1006', [['heat', 'back', 7]],
    ['温度显示差三度，退货没收到面单。', 'The thermostat is off by three degrees, and no return label came.']],
  [['董晓雯', 'Dong Xiaowen'], '15400000121', 'sz', 'yue', ['vip'], 'lock', 4.9, '1005', [['sensor', 'sent', 1]]],
  [['梁伟', 'Liang Wei'], '15400000122', 'gz', 'yue', [], 'bell', 4.1, '1009', []],
  [['袁梦', 'Yuan Meng'], '15400000123', 'cd', 'zh', ['fresh'], 'sensor', 4.5, '1008', [['sensor', 'packing', 1]]],
  ['Kate Morrison', '447700900153', 'ed', 'en', ['callBack'], 'gateway', 4.3, '1004', [],
    ['想和旧路由器配合使用，等技术答复。', 'Wants to keep an old router, engineering is to answer.']],
  [['潘东升', 'Pan Dongsheng'], '15400000124', 'nj', 'zh', [], 'lock2', 4.2, '1007', [['lock2', 'done', 33]]],
  [['田甜', 'Tian Tian'], '15400000125', 'wh', 'zh', [], 'heat', 4.7, '1006', []],
  [['石磊', 'Shi Lei'], '15400000126', 'bj', 'zh', ['business'], 'camera', 4.4, '1002', [['camera', 'sent', 4]],
    ['物业公司，按季度结算。', 'A property manager, billed each quarter.']],
  ['Liam Turner', '12065550177', 'se', 'en', [], 'lock', 4.6, '1003', [['lock', 'sent', 2]]],
  [['姚远', 'Yao Yuan'], '15400000127', 'cq', 'zh', ['callBack'], 'gateway', 4, '1005', []],
  [['廖凯', 'Liao Kai'], '15400000128', 'cs', 'zh', [], 'bell', 4.3, '1009', [['bell', 'done', 18]]],
  ['Maya Fernandes', '447700900169', 'ld', 'en', ['fresh'], 'camera', 4.5, '1001', [['camera', 'packing', 1]]],
  [['秦岚', 'Qin Lan'], '15400000129', 'qd', 'zh', [], 'sensor', 4.8, '1004', []],
  ['Oliver Grant', '447700900172', 'ma', 'en', ['doNotCall'], 'heat', 3.5, '1008', [['heat', 'done', 50]],
    ['只接受书面联系。', 'Wants to be written to only.']],
];

/** All of them, with dates counted from today. */
export const people = ROWS.map(([name, number, city, spoken, tags, product, rating, owner, orders, hint], at) => ({
  id: `c${at + 1}`,
  name,
  number,
  city: CITIES[city],
  spoken: SPOKEN[spoken],
  tags,
  product: PRODUCTS[product],
  warranty: `${2027 + (at % 3)}-${String(1 + ((at * 5) % 12)).padStart(2, '0')}`,
  rating,
  owner,
  hint,
  orders: orders.map(([item, state, days], nth) => ({
    id: `QS${20480 + at * 7 + nth}`,
    item: PRODUCTS[item],
    state: STATES[state],
    moving: state !== 'done',
    at: Date.now() - days * DAY - at * 11 * 60e3,
  })),
}));
