import assert from 'node:assert/strict';
import { Agent, optionsFor } from './agent.mjs';
import { newProfile, newTab, openTestPage } from './browser.mjs';
import { CONTROLS, controlsIn } from './original-toolbar.mjs';
import { ORIGINAL_SDK, ORIGINAL_SDK_1_2_9 } from './paths.mjs';
import { until } from './until.mjs';

/** The bundles of the original that there are. */
export const ORIGINALS = { '1.1.65': ORIGINAL_SDK, '1.2.9': ORIGINAL_SDK_1_2_9 };

/** Every event of the protocol. */
const EVENTS = `
  Login Reconnect Logout Kick Lock SipError Idle Busy
  MakeCall MakeCallFail AgentOriginate AgentRinging AgentAnswer CalledRinging CalledAnswer Conversation CancelCall After
  Hold UnHold Mute Unmute SendDTMF QueueInfo
  TransferCall TransferCalling TransferCallFail TransferCancel
  ConsultCall ConsultCalling ConsultCallFail ConsultCancel ConsultedCancel ConsultTransfer
  TripartiteTalk TripartiteTalking TripartiteTalkFail
  Listen Listening ListenFail Whisper Whispering WhisperFail ForceInsert ForceInserting ForceInsertFail
  Intercept Intercepting InterceptFail ForceBreak ForceIdle ForceBusy ForceLogout
  Surveillance GroupInfo IdleAgent GroupQueueNum
`.trim().split(/\s+/);

/** What the original tells of itself, beside its Exceptions. */
const LOCAL = ['Open', 'Close', 'Error', 'Disconnect', 'StateChange'];

/** Events that change no state, so that whatever the user has open stays open. */
const WITHOUT_STATE = new Set(`
  GroupInfo IdleAgent GroupQueueNum Surveillance QueueInfo SendDTMF SipError ForceIdle ForceBusy ForceLogout ForceBreak
`.trim().split(/\s+/));

/** A state of the supervisor who does it, and mere news at the agent it is done to. */
const NEWS_AT_THE_TARGET = new Set(['ForceInserting', 'Whispering']);

/** The methods that return the sequence of their command; all other commands return nothing. */
const RETURN_SEQUENCE = new Set(`
  busy surveillance forceIdle forceBusy forceLogout listen intercept forceBreak forceInsert
  getGroups getQueueInfo getIdleAgentByGroupId logout defaultCmd defaultTargetCmd
`.trim().split(/\s+/));

// What it throws in a socket or a timer nobody can catch. It is of a class with a minified name, and is heard as an Exception too.
const THROWN_IN_A_SOCKET = /^[a-z]$/;

/** A page with this version of the original in it, not yet started, for the agent of this number. `used` collects the methods called. */
export async function openOriginal(t, { sandbox, browser }, { version, number, used = new Set() }) {
  const page = await newTab(t, await newProfile(t, browser), { allow: THROWN_IN_A_SOCKET });
  await openTestPage(page, sandbox.origin, ORIGINALS[version]);
  return new Original(page, { sandbox, version, number, used });
}

/**
 * What a test does with one page that has the unchanged original in it, its toolbar drawn.
 *
 * All that its listeners hear is read one after the other by `gets`, `hears` and `refuses`: nothing may come between, and of
 * each event is checked what holds for all: who it is for, its time, its sequence, its state, and what the toolbar shows.
 */
export class Original extends Agent {
  /** The sequence of the last command. */
  sequence;
  #read = 0;
  #time = 0;
  #conference = false;
  #shown;

  constructor(page, { sandbox, version, number, used }) {
    super(page);
    Object.assign(this, { sandbox, version, number, used });
  }

  get supervisor() {
    return this.number === '1000';
  }

  /** Starts the SDK with the agent's options; `more` changes them. */
  async start(more = {}) {
    await this.page.evaluate(([given, events, local, controls]) => {
      // Read as the listener is told, because most states are over before a test could look.
      const shown = () => controls.filter((id) => document.getElementById(`ccs-sdk-${id}`)?.checkVisibility());
      window.hear = () => {
        for (const name of [...events, ...local, 'Exception']) {
          sdk.on(name, (value) => heard.push({ name, value: plain(value), shown: shown() }));
        }
        sdk.on('Message', ({ type, event }) => {
          if (type === 'event' && !events.includes(event)) heard.push({ name: `unknown event ${event}` });
        });
      };
      window.sdk = new AgentSdk(given);
      hear();
    }, [{ ...optionsFor(this.sandbox, { agentNumber: this.number }), ...more }, EVENTS, LOCAL, CONTROLS]);
  }

  /** Starts the SDK and reads the login. */
  async logIn(more) {
    await this.start(more);
    return this.comesBack('Login', 'login');
  }

  call(method, ...args) {
    this.used.add(method);
    return super.call(method, ...args);
  }

  /** Calls a method that sends a command, or none, and remembers the command's sequence. */
  async does(method, ...args) {
    this.used.add(method);
    const { result, sent } = await this.page.evaluate(([name, given]) => {
      const all = () => sockets.flatMap((socket) => socket.sent);
      const before = all().length;
      const returned = sdk[name](...given);
      return { result: returned, sent: all().slice(before).join('') };
    }, [method, args]);
    this.sequence = sequenceIn(sent);
    assert.equal(result, RETURN_SEQUENCE.has(method) ? this.sequence : undefined, `what ${method} returns`);
  }

  /** What this call of a method throws. */
  throws(method, ...args) {
    this.used.add(method);
    return this.page.evaluate(([name, given]) => thrown(() => sdk[name](...given)), [method, args]);
  }

  /** Has the page call a method as soon as an event comes: nothing can happen between the two. */
  async once(event, method) {
    this.used.add('once').add(method);
    await this.page.evaluate(([name, then]) => { sdk.once(name, () => sdk[then]()); }, [event, method]);
  }

  /** What follows answers the command of this name, which the page has sent, or sends, by itself. */
  async answering(request) {
    const last = async () => (await this.sent()).findLast((frame) => frame.includes(`"request":"${request}"`));
    this.sequence = sequenceIn(await until(last, { what: `${this.number} sends ${request}` }));
  }

  /** Reads the event with which the platform takes a client that logs in or comes back by itself. */
  async comesBack(event, request, nowState = event, data = {}) {
    await this.event(event);
    await this.answering(request);
    return this.gets([event, data, nowState]);
  }

  /**
   * Reads the next events, which answer the last command; returns the last. Each is given as its name, or as name, the
   * data that matter (undefined: the key is absent) and, where it is not the name, the state.
   */
  gets(...expected) {
    return this.#next(expected, this.sequence);
  }

  /** As `gets`, for events that answer no command of this agent. */
  hears(...expected) {
    return this.#next(expected, 0);
  }

  /** Reads an Exception with exactly this text. */
  async refuses(message) {
    const [{ name, value }] = await this.#come(['Exception']);
    assert.deepEqual([name, value.message, value.version], ['Exception', message, `WAS_${this.version}`], this.number);
  }

  /** The controls that are visible now. */
  controls() {
    return this.page.evaluate((ids) => ids.filter((id) => document.getElementById(`ccs-sdk-${id}`)?.checkVisibility()), CONTROLS);
  }

  /** The controls that were visible when this state was told; it must have been, since `forget`. */
  async controlsWhen(state) {
    const told = (await this.heard()).find(({ name, value }) => name === 'StateChange' && value === state);
    assert.ok(told, `${this.number} was in state ${state}`);
    return told.shown;
  }

  /** The label of the state button. */
  label() {
    return this.page.locator('#ccs-sdk-state').textContent();
  }

  /** Presses a control of the toolbar. */
  async clicks(id) {
    await this.page.locator(`#ccs-sdk-${id}`).click();
  }

  /** The agent's line in the state of the sandbox. */
  async inSandbox() {
    return (await this.sandbox.state()).agents.find(({ agentNumber }) => agentNumber === this.number);
  }

  /** Ends whatever the agent is in, becomes idle, and forgets what was heard. */
  async settle() {
    await this.forget();
    const { nowState, callId } = await this.inSandbox();
    if (nowState === 'Logout') {
      await this.call('login');
      await this.event('Login');
    } else if (callId) {
      await this.call('hangup');
      await this.event('After');
    }
    await this.call('idle');
    await this.event('Idle');
    await this.forget();
  }

  /** What was heard so far needs not be read. */
  async forget() {
    await this.page.evaluate(() => { heard.length = 0; });
    this.#read = 0;
    this.#conference = false;
    this.#shown = undefined;
  }

  /** Nothing was heard that has not been read, but for events of these names. */
  async nothingMore(...names) {
    if (!await this.call('isLogin')) return;
    // Whatever was sent to this agent before comes before the answer.
    const nth = (await this.values('GroupQueueNum')).length + 1;
    await this.call('getQueueInfo');
    await this.event('GroupQueueNum', { nth });
    const unread = await this.#unread();
    this.#read += unread.length;
    const more = unread.slice(0, -1).map(({ name }) => name).filter((name) => !names.includes(name));
    assert.deepEqual(more, [], `what ${this.number} heard more`);
  }

  #unread() {
    return this.page.evaluate(([from, local]) => heard.filter(({ name }) => !local.includes(name)).slice(from), [this.#read, LOCAL]);
  }

  /** Waits for as many things as there are names, which must be those. */
  async #come(names) {
    let unread;
    const come = async () => {
      unread = (await this.#unread()).slice(0, names.length);
      const heard = unread.map(({ name }) => name);
      // No need to wait for the rest where the beginning is wrong.
      assert.deepEqual(heard, names.slice(0, heard.length), `what ${this.number} hears`);
      return heard.length === names.length;
    };
    await until(come, { what: `${this.number} hears ${names.join(', ')}` });
    this.#read += names.length;
    return unread;
  }

  async #next(expected, sequence) {
    const wanted = expected.map((one) => (Array.isArray(one) ? one : [one]));
    const heard = await this.#come(wanted.map(([name]) => name));
    for (const [place, [name, data, state]] of wanted.entries()) this.#check(heard[place], { name, data, state, sequence });
    return heard.at(-1).value;
  }

  #check({ value, shown }, { name, data, state, sequence }) {
    const about = `${name} at ${this.number}`;
    assert.equal(value.sequence, sequence, `sequence of ${about}`);
    assert.equal(value.companyId, 'demo', about);
    assert.equal(value.agentNumber, this.number, about);
    assert.equal(value.agentId, `id-${this.number}`, about);
    assert.equal(typeof value.userdata, 'string', `userdata of ${about}`);
    assert.ok(value.eventTime > this.#time, `${about} is later than the event before`);
    this.#time = value.eventTime;

    const silent = WITHOUT_STATE.has(name) || (NEWS_AT_THE_TARGET.has(name) && value.data.callType === undefined);
    const nowState = silent ? undefined : state ?? name;
    assert.equal(value.nowState, nowState, `nowState of ${about}`);
    if (data !== undefined) checkData(value.data, data, about);

    if (nowState === 'TripartiteTalking') this.#conference = true;
    if (['After', 'CancelCall', 'MakeCallFail', 'Logout', 'Kick'].includes(nowState)) this.#conference = false;
    const { version, supervisor } = this;
    const controls = nowState
      ? controlsIn(nowState, value.data?.callType, { version, supervisor, conference: this.#conference })
      : this.#shown ?? shown;
    assert.deepEqual(shown, controls, `controls at ${about}`);
    this.#shown = shown;
  }
}

const sequenceIn = (text) => {
  const found = text.match(/"sequence":(\d+)/);
  return found ? Number(found[1]) : undefined;
};

function checkData(data, expected, about) {
  if (expected === null) return assert.equal(data, null, `data of ${about}`);
  assert.equal(typeof (data ?? undefined), 'object', `data of ${about} is an object`);
  for (const [key, value] of Object.entries(expected)) assert.deepEqual(data[key], value, `${key} of ${about}`);
}
