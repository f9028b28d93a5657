import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { launch, newProfile, newTab, openTestPage } from './browser.mjs';
import { startSandbox } from './sandbox.mjs';
import { until } from './until.mjs';

/** The options of agent 1001 at this sandbox; `more` changes them. */
export const optionsFor = (sandbox, more = {}) => ({
  url: sandbox.url,
  host: '/',
  connectAccount: 'guest',
  connectPassword: 'guest',
  subscribePath: '/topic',
  companyShortName: 'demo',
  agentNumber: '1001',
  agentPassword: '123456',
  loginType: 1,
  el: '#toolbar',
  ...more,
});

/** A sandbox and a browser for the tests of one file; the sandbox is as just started for each of them. */
export function withSandbox() {
  const shared = {};
  before(async () => {
    shared.sandbox = await startSandbox();
    shared.browser = await launch();
  });
  beforeEach(() => shared.sandbox.reset());
  after(async () => {
    await shared.browser?.close();
    await shared.sandbox?.stop();
  });
  return shared;
}

/** The test page with our SDK loaded and not yet started, in a profile of its own unless one is given. */
export async function openAgent(t, { sandbox, browser }, { profile, allow } = {}) {
  const page = await newTab(t, profile ?? await newProfile(t, browser), { allow });
  await openTestPage(page, sandbox.origin);
  return new Agent(page);
}

/** As `openAgent`, and logged in. */
export async function logIn(t, shared, { more, ...where } = {}) {
  const agent = await openAgent(t, shared, where);
  await agent.start(optionsFor(shared.sandbox, more));
  await agent.event('Login');
  return agent;
}

/** What a test does with one page: drive its SDK, use its toolbar, read what listeners heard. */
export class Agent {
  constructor(page) {
    this.page = page;
    const toolbar = page.locator('#toolbar');
    this.toolbar = toolbar;
    this.chip = toolbar.locator('[part~=chip]');
    this.dialField = toolbar.locator('[part~=dial-field] input');
    this.hangUp = toolbar.locator('[part~=hangup]');
    this.message = toolbar.locator('[part~=message]');
  }

  start(options) {
    return this.page.evaluate((given) => startSdk(given), options);
  }

  /** Calls a method of the SDK. */
  call(method, ...args) {
    return this.page.evaluate(([name, given]) => sdk[name](...given), [method, args]);
  }

  heard() {
    return this.page.evaluate(() => heard);
  }

  /** What the listeners of this event were given, in order. */
  async values(name) {
    return (await this.heard()).filter((one) => one.name === name).map((one) => one.value);
  }

  /** Waits until the event has come `nth` times and returns what the listeners were given then. */
  async event(name, { nth = 1, bound } = {}) {
    await until(async () => (await this.values(name)).length >= nth, { what: `event ${name}, number ${nth}`, bound });
    return (await this.values(name))[nth - 1];
  }

  /** Waits for an Exception that matches and returns its message. */
  async exception(pattern) {
    const matching = async () => (await this.values('Exception')).find(({ message }) => pattern.test(message));
    const { isError, message } = await until(matching, { what: `Exception ${pattern}` });
    assert.ok(isError, 'an Exception carries an Error');
    return message;
  }

  /** Waits until the part that draws in full has come: until then a plain line shows. */
  inFull() {
    return this.toolbar.locator('[data-act=queue]').waitFor({ state: 'attached' });
  }

  async idle() {
    const nth = (await this.values('Idle')).length + 1;
    await this.call('idle');
    return this.event('Idle', { nth });
  }

  /** Dials as a person does: types into the toolbar and presses Enter. */
  async dial(number) {
    await this.dialField.fill(number);
    await this.dialField.press('Enter');
  }

  /** Presses until `done`: a press right after the controls have changed is taken for a slip and ignored. */
  async press(locator, done) {
    await until(async () => {
      if (await done()) return true;
      // It may be gone by now: pressed, or drawn anew.
      await locator.click({ timeout: 2000 }).catch(() => {});
      return done();
    }, { what: `pressing ${locator}` });
  }

  chipShows(label) {
    return until(async () => (await this.chip.textContent()).includes(label), { what: `the state chip shows ${label}` });
  }

  sockets() {
    return this.page.evaluate(() => sockets);
  }

  /** The frames that the page has sent on all its sockets, without heart-beats. */
  async sent() {
    return (await this.sockets()).flatMap(({ sent }) => sent).join('').split('\0').map((frame) => frame.trimStart()).filter(Boolean);
  }
}
