import { build } from 'esbuild';
import { newTab } from './browser.mjs';
import { newPhoneProfile } from './phone-page.mjs';
import { until } from './until.mjs';

/** JsSIP as one script that puts `JsSIP` on the window. */
let bundled;
export const jssip = () => (bundled ??= build({
  stdin: { contents: "import JsSIP from 'jssip'; window.JsSIP = JsSIP;", resolveDir: import.meta.dirname },
  bundle: true,
  format: 'iife',
  minify: true,
  write: false,
}).then(({ outputFiles: [{ text }] }) => text));

/** A page with a phone made of JsSIP, registered as `account` of `domain` at `url`. */
export async function openJsSip(t, browser, { url, domain, account, password }) {
  const page = await newTab(t, await newPhoneProfile(t, browser));
  const script = await jssip();
  // A page that Playwright answers for may use the microphone where its address is this machine.
  await page.route('http://localhost/jssip.html', (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8', body: `<!doctype html><title>JsSIP</title><script>${script}</script>`,
  }));
  await page.goto('http://localhost/jssip.html');
  await page.evaluate(startJsSip, { url, domain, account, password });
  const phone = new JsSipPhone(page);
  await phone.told('registered');
  return phone;
}

/** Runs in the page: starts the phone; `told` are its events, `session` is its last call, `sessions` are all. */
function startJsSip({ url, domain, account, password }) {
  window.SOUND = { audio: true, video: false };
  window.told = [];
  window.sessions = [];
  window.ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)],
    uri: `sip:${account}@${domain}`,
    password,
    session_timers: false,
    register_expires: 300,
  });
  // Only host candidates are gathered here, and the first will do.
  window.ready = ({ ready }) => ready();
  ua.on('registered', () => told.push({ name: 'registered' }));
  ua.on('registrationFailed', ({ cause }) => told.push({ name: 'registrationFailed', cause }));
  ua.on('newRTCSession', ({ session, originator, request }) => {
    sessions.push(session);
    window.session = session;
    told.push({ name: 'call', originator, from: request.from.uri.user, header: request.getHeader('X-Call-Id') });
    const tell = (name, value = {}) => told.push({ name, at: sessions.indexOf(session), ...value });
    session.on('icecandidate', window.ready);
    const play = () => {
      const player = new Audio();
      player.autoplay = true;
      player.srcObject = new MediaStream(session.connection.getReceivers().map(({ track }) => track));
      player.play();
    };
    for (const name of ['progress', 'accepted', 'muted', 'unmuted']) session.on(name, () => tell(name));
    for (const name of ['hold', 'unhold']) session.on(name, ({ originator: by }) => tell(name, { by }));
    session.on('confirmed', () => {
      play();
      tell('confirmed');
    });
    session.on('newDTMF', ({ originator: by, dtmf }) => tell('newDTMF', { by, tone: dtmf.tone }));
    // What others ask for is done: another is called, or taken in the place of who is there.
    session.on('refer', ({ accept }) => accept(() => {}, { mediaConstraints: SOUND }));
    session.on('replaces', ({ accept }) => accept((next) => { queueMicrotask(() => next.answer({ mediaConstraints: SOUND })); }));
    for (const name of ['ended', 'failed']) session.on(name, ({ originator: by, cause }) => tell(name, { by, cause }));
  });
  ua.start();
}

/** What a test does with a phone made of JsSIP. */
class JsSipPhone {
  constructor(page) {
    this.page = page;
  }

  /** Waits until its `nth` event of this name and returns it. */
  told(name, { nth = 1, ...wanted } = {}) {
    const found = async () => (await this.page.evaluate(() => window.told)).filter(
      (one) => one.name === name && Object.entries(wanted).every(([key, value]) => one[key] === value),
    )[nth - 1];
    return until(found, { what: `JsSIP tells ${name}, number ${nth}` });
  }

  call(target) {
    return this.page.evaluate((to) => { ua.call(to, { mediaConstraints: SOUND }); }, target);
  }

  answer() {
    return this.page.evaluate(() => { session.answer({ mediaConstraints: SOUND }); });
  }

  /** Calls a method of its last call, of another at `at`. */
  does(method, ...given) {
    return this.page.evaluate(([name, values]) => { session[name](...values); }, [method, given]);
  }

  /** Has call `at` transferred to who is in call `other`. */
  attend(at, other) {
    return this.page.evaluate(([one, two]) => {
      const { remote_identity: to } = sessions[two];
      sessions[one].refer(to.uri.toString(), { replaces: sessions[two] });
    }, [at, other]);
  }
}
