/**
 * Records the sessions of the gallery: agents of the sandbox in Chromium, who do what is written below. Run it in `tests/`
 * once the package and the sandbox are built; with names it records only those.
 *
 *     node ../www/gallery/record.mjs [ready hold …]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { optionsFor } from '../../tests/lib/agent.mjs';
import { openTestPage } from '../../tests/lib/browser.mjs';
import { launchWithTone } from '../../tests/lib/phone-tones.mjs';
import { startSandbox } from '../../tests/lib/sandbox.mjs';
import { until } from '../../tests/lib/until.mjs';
import { SESSIONS } from './sessions.mjs';
import { ASKED_ALWAYS } from './wire.js';

const FOLDER = fileURLToPath(new URL('./records/', import.meta.url));

/** When each session begins, as in `still.js`. */
const WALL = Date.UTC(2026, 2, 2, 2, 30);
const MONO = 1000;

/** What a record holds of the SDK's own, and not: what is answered whenever it is asked. */
const KEPT = ['opened', 'closed', 'received'];
const ALWAYS = new RegExp(`"response\\\\":\\\\"(${Object.keys(ASKED_ALWAYS).join('|')})\\\\"`);

/** Runs in a page before its scripts: notes what the phone tells, with what it is then. */
function notePhone() {
  window.notes = [];
  window.note = (what, data) => { notes.push({ m: performance.now(), in: what, data }); };
  const EVENTS = [
    'Connected', 'Disconnected', 'Reconnecting', 'Registered', 'UnRegistered', 'RegistrationFailed', 'Invite', 'Try', 'Ringing', 'Answer',
    'Accepted', 'Terminated', 'Exception', 'Held', 'Muted', 'DevicesChanged', 'Quality', 'Warning', 'RingBlocked',
  ];
  const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const ofCall = ({ id, callId, direction, state, displayName, number, held, heldByPeer }) => (
    { id, callId, direction, state, displayName, number, held, heldByPeer });
  const now = (phone) => ({
    isRegistered: phone.isRegistered, isMute: phone.isMute, calls: phone.calls().map(ofCall), present: phone.incomingSession?.id ?? null,
    devices: plain(phone.devices), chosen: plain(phone.chosen),
  });
  // What is plugged in here.
  const { mediaDevices } = navigator;
  mediaDevices.enumerateDevices = async () => [
    ['audioinput', 'headset', 'Jabra Evolve2 40'], ['audioinput', 'built-in', 'MacBook'], ['audiooutput', 'headset', 'Jabra Evolve2 40'], ['audiooutput', 'built-in', 'MacBook'],
  ].map(([kind, deviceId, label]) => ({ kind, deviceId, label, groupId: deviceId }));
  window.noted = () => class extends SoftPhoneSdk {
    constructor(options) {
      super(options);
      const { check } = this;
      this.check = async (...given) => {
        const found = await check.apply(this, given);
        note('checked', plain(found));
        return found;
      };
      // How loud it is is only measured while somebody listens.
      for (const event of [...EVENTS, ...window.alsoNoted ?? []]) {
        this.on(event, (value) => {
          const error = value instanceof Error ? { code: value.code, message: value.message, remedy: value.remedy, version: value.version } : undefined;
          const told = error ? undefined : plain(value && { ...value, ...(value.call && { call: ofCall(value.call) }) });
          note('phone', { event, value: told, error, state: now(this) });
        });
      }
    }
  };
}

/** Of what the phone is at a moment only what it was not the moment before. */
function changesOnly(notes) {
  const known = {};
  return notes.map((one) => {
    if (one.in !== 'phone') return one;
    const state = Object.entries(one.data.state).filter(([name, value]) => known[name] !== JSON.stringify(value));
    for (const [name, value] of state) known[name] = JSON.stringify(value);
    return { ...one, data: { ...one.data, state: Object.fromEntries(state) } };
  });
}

/** An agent whose session is recorded. */
class Recorded {
  #waits = [];
  #begun;

  constructor(page, sandbox, options) {
    Object.assign(this, { page, sandbox, options });
  }

  async start() {
    const all = optionsFor(this.sandbox, this.options);
    this.#begun = await this.page.evaluate((given) => {
      startSdk({ ...given, softPhoneFactory: noted() });
      return { mono: performance.now(), wall: Date.now() };
    }, all);
  }

  async signIn() {
    await this.start();
    await this.heard('Login');
    if (this.options.loginType === 3) await until(() => this.page.evaluate(() => sdk.isRegistered()), { what: 'the phone is registered' });
  }

  /** Waits until listeners were told an event so many times. */
  async heard(name, times = 1) {
    await until(() => this.page.evaluate(([what, many]) => sdk.record().split(`\\"event\\":\\"${what}\\"`).length > many, [name, times]), { what: `${name}, ${times} times` });
    // What belongs to it and comes with it.
    await this.page.waitForTimeout(150);
  }

  /** The agent does something, as `hand.js` can. */
  async #does(what, ...given) {
    await this.page.evaluate(async ([name, data]) => {
      const { HAND } = await import('/gallery/hand.js');
      note(name, data);
      HAND[name](...data);
    }, [what, given]);
    await this.page.waitForTimeout(250);
  }

  async press(name) {
    await until(() => this.page.evaluate((act) => [...document.querySelector('agent-toolbar').shadowRoot.querySelectorAll(act.includes('[') ? act : `[data-act="${act.split(':')[0]}"]`)]
      .some((one) => one.getClientRects().length && one.getAttribute('aria-disabled') !== 'true'), name), { what: `${name} can be pressed` });
    await this.#does('press', name);
  }

  type(selector, text) { return this.#does('type', selector, text); }

  key(name) { return this.#does('key', name); }

  calls(method, ...given) { return this.#does('page', method, ...given); }

  note(what, data) { return this.page.evaluate(([name, given]) => note(name, given), [what, data]); }

  /** So much time goes by, in the record alone. */
  async wait(ms) {
    this.#waits.push({ ...await this.page.evaluate(() => ({ mono: performance.now(), wall: Date.now() })), ms });
    await this.page.waitForTimeout(20);
  }

  /** The times of the record, of either clock. */
  #moved(clock, at) {
    const waited = this.#waits.filter((one) => one[clock] <= at).reduce((sum, { ms }) => sum + ms, 0);
    return Math.round(at - this.#begun[clock] + (clock === 'mono' ? MONO : WALL) + waited);
  }

  async text(name) {
    const { record, notes } = await this.page.evaluate(() => ({ record: sdk.record(), notes: window.notes }));
    const own = record.split('\n').slice(1).filter((line) => line && !ALWAYS.test(line)).map((line) => JSON.parse(line))
      .filter((line) => KEPT.includes(line.in)).map(({ m, in: what, data }) => ({ m, in: what, data: data ?? {} }));
    const lines = [...own, ...changesOnly(notes)].map((line, place) => ({ ...line, place })).sort((a, b) => a.m - b.m || a.place - b.place);
    const { agentNumber = '1001', loginType = 1, ...more } = this.options;
    delete more.lang;
    delete more.agentPassword;
    const last = this.#waits.at(-1);
    const ends = Math.max(lines.at(-1)?.m ?? 0, last?.mono ?? 0, this.#begun.mono) + 50;
    const all = [
      { record: name, options: { agentNumber, loginType, ...more } },
      ...lines.map(({ m, in: what, data }) => ({ m: this.#moved('mono', m), in: what, data })),
      { m: this.#moved('mono', ends), in: 'end' },
    ];
    return all.map((line) => JSON.stringify(line)
      .replace(/\b1[78]\d{11}\b/g, (time) => this.#moved('wall', Number(time)))
      .replaceAll(/ws:\/\/127\.0\.0\.1:\d+/g, 'ws://gallery.invalid')).join('\n').concat('\n');
  }
}

/** What is there for all sessions, and one after the other. */
async function main(names) {
  const sandbox = await startSandbox();
  const browser = await launchWithTone(590);
  await mkdir(FOLDER, { recursive: true });
  let failed = false;
  for (const [name, { options = {}, run, before }] of Object.entries(SESSIONS)) {
    if (names.length && !names.includes(name)) continue;
    await sandbox.reset();
    const contexts = [];
    const open = async (given) => {
      const context = await browser.newContext({ viewport: { width: 1680, height: 900 }, permissions: given.deaf ? ['local-network-access'] : ['local-network-access', 'microphone'] });
      contexts.push(context);
      context.setDefaultTimeout(20_000);
      await context.addInitScript(notePhone);
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      await openTestPage(page, sandbox.origin);
      return new Recorded(page, sandbox, given);
    };
    try {
      const agent = await open({ agentNumber: '1001', loginType: 3, lang: 'zh', ...options });
      await run(agent, { sandbox, open });
      if (process.env.SHOTS) await agent.page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, clip: { x: 0, y: 0, width: 1680, height: 300 } });
      await writeFile(`${FOLDER}${name}.jsonl`, await agent.text(name));
      console.log(name);
    } catch (error) {
      failed = true;
      if (process.env.SHOTS) await contexts[0]?.pages()[0]?.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
      console.error(`${name}: ${error.message}`);
    } finally {
      for (const context of contexts) await context.close();
    }
  }
  await browser.close();
  await sandbox.stop();
  process.exitCode = failed ? 1 : 0;
}

await main(process.argv.slice(2));
