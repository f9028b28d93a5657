import { after, before, beforeEach } from 'node:test';
import { Agent, optionsFor } from './agent.mjs';
import { newTab, openTestPage } from './browser.mjs';
import { newPhoneProfile, untouched } from './phone-page.mjs';
import { launchWithTone, toneOf } from './phone-tones.mjs';
import { startSandbox } from './sandbox.mjs';
import { until } from './until.mjs';

/**
 * A sandbox, and a browser with its own tone for each of these agents, for the tests of one file; the sandbox is as just
 * started for each of them.
 */
export function withPhones(numbers = ['1001'], { sandbox, browser } = {}) {
  const shared = { browsers: {} };
  before(async () => {
    shared.sandbox = await startSandbox(sandbox);
    await Promise.all(numbers.map(async (number) => { shared.browsers[number] = await launchWithTone(toneOf(number), browser); }));
  });
  beforeEach(() => shared.sandbox.reset());
  after(async () => {
    await Promise.all(Object.values(shared.browsers).map((one) => one.close()));
    await shared.sandbox?.stop();
  });
  return shared;
}

/** What `new SoftPhoneSdk` takes to be the phone of this agent at this sandbox; `more` changes it. */
export const phoneOptions = (sandbox, number = '1001', more = {}) => ({
  url: sandbox.sip,
  domain: 'sandbox.invalid',
  account: `w2${number}`,
  password: `sip-${number}`,
  autoAnswer: false,
  lang: 'en',
  ...more,
});

/** The test page in a profile that may use the microphone; nothing is started in it. */
async function openPage(t, browser, origin, { profile, allow } = {}) {
  const page = await newTab(t, profile ?? await newPhoneProfile(t, browser), { allow });
  await openTestPage(page, origin);
  return page;
}

/** The test page, for a phone alone that is not yet started. `touched` false: nobody has touched the page. */
export async function openPhone(t, { sandbox, browsers }, { number = '1001', touched = true, ...where } = {}) {
  const page = await openPage(t, browsers[number], sandbox.origin, where);
  return new Phone(touched ? page : await untouched(page));
}

/** A phone alone, without an agent, registered at the sandbox. */
export async function registeredPhone(t, shared, { number = '1001', more, ...where } = {}) {
  const phone = await openPhone(t, shared, { number, ...where });
  await phone.start(phoneOptions(shared.sandbox, number, more));
  await phone.event('Registered');
  return phone;
}

/** An agent whose phone is the page, logged in with it registered. `agent.phone` is that phone. */
export async function agentWithPhone(t, { sandbox, browsers }, { number = '1001', more, ...where } = {}) {
  const agent = new Agent(await openPage(t, browsers[number], sandbox.origin, where));
  await agent.start(optionsFor(sandbox, { agentNumber: number, loginType: 3, ...more }));
  await agent.page.evaluate(hearMore, MORE_EVENTS);
  await agent.event('Login');
  agent.number = number;
  agent.phone = new Phone(agent.page);
  await agent.phone.take();
  await until(() => agent.call('isRegistered'), { what: `the phone of ${number} is registered` });
  return agent;
}

/** What the platform tells beside what the page of the tests listens to anyway. */
const MORE_EVENTS = [
  'Hold', 'UnHold', 'Mute', 'Unmute', 'TransferCall', 'TransferCalling', 'TransferCallFail', 'ConsultCalling', 'ConsultCancel',
  'ConsultTransfer', 'TripartiteTalking', 'Listening', 'Whispering', 'ForceInserting', 'Intercepting', 'SendDTMF', 'SipError',
];

/** Runs in the page. */
function hearMore(names) {
  for (const name of names) sdk.on(name, (value) => heard.push({ name, value: plain(value) }));
}

/** All that a phone tells but its level, which it tells four times a second. */
const PHONE_EVENTS = [
  'Connected', 'Disconnected', 'Reconnecting', 'Registered', 'UnRegistered', 'RegistrationFailed',
  'Invite', 'Try', 'Ringing', 'Answer', 'Accepted', 'AnswerFailed', 'CallFailed', 'Terminated', 'Exception',
  'Held', 'Muted', 'Dtmf', 'Transferring', 'DevicesChanged', 'Quality', 'Warning', 'RingBlocked', 'Media',
];

/**
 * Runs in the page: `rung` is what the phone told, in order; a call is told by what it says of itself. With options it makes
 * the phone, which may tell something the next moment.
 */
function hearPhone({ names, options }) {
  window.rung = [];
  if (options) window.phone = new SoftPhoneSdk(options);
  const ofCall = (call) => call && { id: call.id, number: call.number, direction: call.direction, state: call.state, callId: call.callId };
  for (const name of names) {
    phone.on(name, (first, second) => {
      const handle = second === undefined ? first?.call : first;
      const { call, ...facts } = second ?? (first instanceof Error ? {} : first ?? {});
      const error = first instanceof Error ? { isError: true, message: first.message, code: first.code, version: first.version } : {};
      rung.push({ name, ...JSON.parse(JSON.stringify(facts)), ...error, call: ofCall(handle) });
    });
  }
}

/** What a test does with the phone of a page, and what it hears of it. */
export class Phone {
  constructor(page) {
    this.page = page;
  }

  /** Makes a phone of its own. */
  start(options) {
    return this.page.evaluate(hearPhone, { names: PHONE_EVENTS, options });
  }

  /** Takes the phone that the agent's SDK has made. */
  async take() {
    await until(() => this.page.evaluate(() => {
      window.phone = sdk.getSoftPhoneInstance();
      return phone !== undefined;
    }), { what: 'the agent has a phone' });
    await this.page.evaluate(hearPhone, { names: PHONE_EVENTS });
  }

  /** Calls a method; gives what can leave the page of what it returns. */
  does(method, ...values) {
    return this.page.evaluate(async ([name, given]) => {
      const value = await phone[name](...given);
      return value === undefined ? null : JSON.parse(JSON.stringify(value));
    }, [method, values]);
  }

  /** As `does`, with the call of this number. */
  doesWith(id, method, ...values) {
    return this.page.evaluate(([which, name, given]) => {
      phone.calls().find((call) => call.id === which)[name](...given);
    }, [id, method, values]);
  }

  /** What a method throws, or rejects with. */
  throws(method, ...values) {
    return this.page.evaluate(async ([name, given]) => {
      try {
        await phone[name](...given);
      } catch (error) {
        return { isError: error instanceof Error, message: error.message, code: error.code, version: error.version };
      }
      return null;
    }, [method, values]);
  }

  /** What can leave the page of one of its properties. */
  get(property) {
    return this.page.evaluate((name) => (phone[name] === undefined ? undefined : JSON.parse(JSON.stringify(phone[name]))), property);
  }

  rung() {
    return this.page.evaluate(() => rung);
  }

  /** What was told under this name, in order. */
  async told(name) {
    return (await this.rung()).filter((one) => one.name === name);
  }

  /** Waits until the event has come `nth` times with these members and returns it. */
  async event(name, { nth = 1, bound, ...wanted } = {}) {
    const found = async () => (await this.told(name)).filter(
      (one) => Object.entries(wanted).every(([key, value]) => one[key] === value),
    )[nth - 1];
    try {
      return await until(found, { what: `the phone tells ${name}, number ${nth}`, bound });
    } catch (error) {
      throw new Error(`${error.message}; it told ${(await this.rung()).map((one) => one.name).join(', ')}`);
    }
  }

  /** Calls this number and waits until it is answered; gives the call. */
  async talksTo(number) {
    const { id } = await this.does('call', number);
    await until(async () => (await this.told('Accepted')).some(({ call }) => call.id === id), { what: `${number} answers` });
    return id;
  }

  /** What the phone says of each of its calls. */
  calls() {
    return this.page.evaluate(() => phone.calls().map((call) => JSON.parse(JSON.stringify(call))));
  }

  /** What went over the wire for the present or the last call, or that of this number. */
  trace(id) {
    return this.page.evaluate((which) => phone.trace(which), id);
  }

  /** What the page has asked the browser for microphones, oldest first. */
  microphones() {
    return this.page.evaluate(() => microphones.map(({ asked }) => asked));
  }

  /** All WebSockets that the page has tried to where phones register. */
  async sockets(sandbox) {
    return (await this.page.evaluate(() => sockets)).filter(({ url }) => url.startsWith(sandbox.sip));
  }
}
