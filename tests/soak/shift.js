// What a contact centre sends an agent during a shift, made in the page as it is needed. It is the same in every run, and no two
// messages are alike.

const LONG_NAMES = [
  '内蒙古自治区呼和浩特市赛罕区客户服务中心售后质量检查组欧阳娜仁高娃', '新疆维吾尔自治区乌鲁木齐市热线二组阿卜杜热合曼·买买提依明江',
  '西藏自治区拉萨市城关区夜班值守组次仁旺堆仁增多吉', '广西壮族自治区南宁市𠮷祥大厦投诉处理专席韦𬭎', 'ᠮᠣᠩᠭᠣᠯ 蒙古语坐席 🙂 斯琴格日乐',
];
const WATCHED = 100;
/** Callers who come to a queue and leave it, each told of four times. */
const CALLERS = 90;
const STATES = ['Idle', 'Busy', 'Conversation', 'After', 'Hold'];

class Shift {
  /** How many messages a round has. */
  static ROUND = 400;

  #rounds = 0;
  #time = 1_795_308_100_000;

  /** The event of this round that no client knows. */
  get unknownEvent() {
    return `CampaignProgress${this.#rounds}`;
  }

  /** A call out with all that may happen in it, a call in, and what else arrives meanwhile; the agent is ready after it. */
  nextRound() {
    const contents = [...this.#queues(), ...this.#around(), ...this.#callOut(), ...this.#callIn()];
    this.#rounds += 1;
    if (contents.length !== Shift.ROUND) throw new Error(`a round has ${contents.length} messages`);
    return contents;
  }

  #name(more = 0) {
    return LONG_NAMES[(this.#rounds + more) % LONG_NAMES.length];
  }

  #event(event, more) {
    this.#time += 1;
    return {
      type: 'event', event, eventTime: this.#time, sequence: 0, companyId: 'demo', agentNumber: '1001', agentId: 'id-1001', data: null, ...more,
    };
  }

  /** An event that is the agent's state from now on. */
  #state(name, data = null) {
    return this.#event(name, { nowState: name, data });
  }

  #queues() {
    return Array.from({ length: CALLERS }, (_, at) => {
      const waiting = { caller: `137${String(this.#time % 100_000_000).padStart(8, '0')}`, called: '02188886210', groupID: 'g-sales', inQueueTime: this.#time };
      const queue = { groupID: 'g-sales', handleAgentID: '', data: [waiting], note: this.#name(at) };
      return [
        this.#event('QueueInfo', { ...queue, groupWaitNumber: 1, isInQueue: 1 }), this.#event('GroupQueueNum', { data: { groupQueueNum: 1 } }),
        this.#event('QueueInfo', { ...queue, groupWaitNumber: 0, isInQueue: 0 }), this.#event('GroupQueueNum', { data: { groupQueueNum: 0 } }),
      ];
    }).flat();
  }

  #around() {
    const watched = (_, at) => ({
      companyId: 'demo', agentId: `id-${1000 + at}`, agentNumber: String(1000 + at), agentName: this.#name(at), nowState: STATES[(this.#rounds + at) % STATES.length],
      operatingTime: this.#time, loginTime: 1_795_300_000_000, loginDuration: this.#rounds, peerId: '', callDirection: at % 2,
      groupList: [{ id: 'g-sales', name: '销售组' }],
    });
    return [
      { type: 'response', response: 'heartbeat', sequence: this.#time, status: 0, msg: 'success' },
      { type: 'response', response: 'groupQueueNum', sequence: this.#time, status: 0, msg: 'success' },
      this.#event('Surveillance', { data: { agentList: Array.from({ length: WATCHED }, watched) } }),
      this.#event('IdleAgent', { data: { agentList: [{ agentId: 'id-1002', agentNumber: '1002', agentName: this.#name() }] } }),
      this.#event(this.unknownEvent, { data: { name: this.#name(), done: this.#rounds } }),
      this.#event('CampaignNotes', { data: { remarks: this.#name().repeat(20) } }),
      { type: 'notice', title: this.#name(), at: this.#time },
      this.#state('Busy', { currentBusyType: '会议' }),
      this.#event('ShiftTraining', { nowState: 'ShiftTraining', data: { trainer: this.#name() } }),
      this.#state('Idle', { loginType: '1' }),
    ];
  }

  #call(callDirection, number) {
    const own = '1001';
    const data = {
      callDirection, caller: callDirection === 1 ? number : own, called: callDirection === 1 ? own : number,
      occCallId: `8f0d1c52-6f3e-4c1b-9a77-${String(2 * this.#rounds + callDirection).padStart(12, '0')}`,
      inQueueTime: 0, userData: this.#name(), isPredictive: 0, origCaller: number, origCalled: own,
      inputParam: JSON.stringify({ path: '主菜单/售后/报修', name: this.#name() }), outputParam: '', ivrKeyRecord: ['1', '2'],
    };
    const after = {
      ...data, callType: 'normal', recordPath: '', cause: 0, data: '正常挂断', hangupDirection: callDirection - 1,
      beginTime: this.#time - 9, ringTime: this.#time - 8, answerTime: this.#time - 7, endTime: this.#time,
      agentAutoIdle: 2 - callDirection, agentAutoIdleTime: 10,
    };
    return { data, typed: (callType) => ({ ...data, callType }), after };
  }

  #callOut() {
    const { data, typed, after } = this.#call(2, `139${String(this.#rounds).padStart(8, '0')}`);
    return [
      this.#state('MakeCall'), this.#state('AgentOriginate', data), this.#state('AgentRinging', data), this.#state('AgentAnswer', data),
      this.#state('CalledRinging', typed('normal')), this.#state('CalledAnswer', typed('normal')), this.#state('Conversation', typed('normal')),
      this.#state('Hold'), this.#state('UnHold', { callType: 'normal' }),
      this.#state('Mute', { callType: 'normal' }), this.#state('Unmute', { callType: 'normal' }),
      this.#event('SendDTMF', { data: { dtmf: '5' } }),
      this.#state('TransferCall'), this.#state('TransferCallFail'),
      this.#state('ConsultCall'), this.#state('ConsultCalling', typed('consult')), this.#state('Conversation', typed('consult')),
      this.#state('TripartiteTalk'), this.#state('TripartiteTalking'), this.#state('Conversation', typed('normal')),
      this.#state('CancelCall'), this.#state('After', after), this.#state('Idle', { loginType: '1' }),
    ];
  }

  #callIn() {
    const { data, typed, after } = this.#call(1, `138${String(this.#rounds).padStart(8, '0')}`);
    return [
      this.#event('QueueInfo', { groupID: 'g-sales', groupWaitNumber: 0, isInQueue: 0, handleAgentID: 'id-1001', data: [] }),
      this.#state('AgentRinging', typed('normal')), this.#state('AgentAnswer', typed('normal')), this.#state('Conversation', typed('normal')),
      this.#event('GroupQueueNum', { data: { groupQueueNum: 0 } }),
      this.#state('After', after), this.#state('Idle', { loginType: '1' }),
    ];
  }
}
