import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Agent } from '../lib/agent.mjs';
import { launch, newTab, watchSockets } from '../lib/browser.mjs';
import { end, freePorts, printed, start } from '../lib/child.mjs';
import { PKG } from '../lib/paths.mjs';
import { startSandbox } from '../lib/sandbox.mjs';
import { until } from '../lib/until.mjs';

// The page of the first ten minutes, done as it says: its commands are run, its files written, its buttons pressed.

const PAGES = { en: '../../docs/start.md', 'zh-CN': '../../docs/zh-CN/start.md' };
/** What stands in the page for what a reader has and a test has not: everything else is done as it is written. */
const DEMO = 'cargo xtask demo';
const SANDBOX = '127.0.0.1:8088';
const SERVER = '127.0.0.1:8000';
const LISTEN = "listen(8000, '127.0.0.1'";
const PACKAGE = 'npm install agent-toolbar';

const run = promisify(execFile);
const shared = {};

before(async () => {
  shared.packed = await mkdtemp(join(tmpdir(), 'start-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', shared.packed], { cwd: PKG });
  shared.tarball = join(shared.packed, JSON.parse(stdout)[0].filename);
  shared.browser = await launch();
});
after(async () => {
  await shared.browser?.close();
  if (shared.packed) await rm(shared.packed, { recursive: true });
});

/** The parts of a page from heading to heading: its blocks with what their first line says, and its words in bold. */
async function sectionsOf(page) {
  const text = await readFile(new URL(page, import.meta.url), 'utf8');
  return text.split(/^## /m).slice(1).map((section) => ({
    blocks: [...section.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(([, info, body]) => ({ info, body })),
    bold: [...section.replace(/^```[^]*?^```$/gm, '').matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words),
    quoted: [...section.replace(/^```[^]*?^```$/gm, '').matchAll(/[“"](.+?)[”"]/g)].map(([, words]) => words),
  }));
}

/** A reader with a folder, a terminal and a browser that speaks `lang`. */
class Reader {
  constructor(t, lang, folder, replaced) {
    Object.assign(this, { t, lang, folder, replaced, said: [] });
  }

  /** What the page says, at the addresses of this test. */
  read(text) {
    return this.replaced.reduce((read, [from, to]) => read.replaceAll(from, to), text);
  }

  /** Does what a block asks for. */
  async do({ info, body }) {
    const [language, ...words] = info.match(/[\w-]+(="[^"]*"|=\S+)?/g);
    const told = Object.fromEntries(words.map((word) => word.split(/=(.*)/s)));
    const text = this.read(body);
    if (language === 'sh' && told.in === 'repository') return assert.equal(body.trim(), DEMO);
    if (language === 'sh' && told.in === 'background') return this.serve(text.trim());
    if (language === 'sh') return this.runLines(text);
    if (language === 'text' && 'said' in told) return this.expect(text.trim());
    if (language === 'js' && told.in === 'console') return this.agent.page.evaluate(text);
    if (told.file) return this.write(told, text);
    throw new Error(`nobody knows what to do with a block that begins with ${info}`);
  }

  async runLines(text) {
    for (const line of text.trim().split('\n')) {
      const [, into] = line.match(/^cd (\S+)$/) ?? [];
      if (into) this.folder = join(this.folder, into);
      else await run('bash', ['-c', line], { cwd: this.folder });
    }
  }

  async serve(line) {
    const child = start('bash', ['-c', `exec env ${line}`], { cwd: this.folder });
    this.t.after(() => end(child));
    this.origin = (await printed(child, (text) => text.match(/open (http:\S+)\/$/m)))[1];
  }

  async write(told, text) {
    const file = join(this.folder, told.file);
    const instead = told['instead-of']?.slice(1, -1);
    let whole = text;
    if ('add' in told) whole = `${await readFile(file, 'utf8')}\n${text}`;
    if (instead) {
      const old = await readFile(file, 'utf8');
      assert.equal(old.split(instead).length, 2, `${instead} stands once in ${told.file}`);
      whole = old.replace(instead, () => text.trim());
    }
    await writeFile(file, whole);
  }

  /** The next thing that the page has said is this; dots stand for anything. */
  async expect(line) {
    const pattern = new RegExp(`^${line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
    const lines = async () => (await this.agent.page.locator('#said').textContent()).trim().split('\n');
    const next = await until(async () => (await lines())[this.said.length], { what: `the page says ${line}` });
    assert.match(next, pattern);
    this.said.push(next);
  }

  /** Opens an address in a browser that has never been here. */
  async open(path) {
    const profile = await shared.browser.newContext({ locale: this.lang, viewport: { width: 1680, height: 900 } });
    profile.setDefaultTimeout(30_000);
    this.t.after(() => profile.close());
    await profile.addInitScript(watchSockets);
    this.agent = new Agent(await newTab(this.t, profile));
    await this.agent.page.goto(this.origin + path);
    this.said = [];
  }

  async reload() {
    await this.agent.page.reload();
    await this.signedIn();
    this.said = [];
  }

  signedIn() {
    return until(() => this.agent.page.evaluate(() => typeof sdk === 'object' && sdk.snapshot()?.agent.loggedIn), { what: 'the agent is signed in' });
  }

  /** Presses the toolbar's button of this name until the chip says that it has helped: any of these. */
  async press(name, ...then) {
    const button = this.agent.toolbar.getByRole('button', { name, exact: true });
    await this.agent.press(button, async () => {
      const state = await this.agent.chip.textContent();
      return then.some((one) => state.includes(one));
    });
  }
}

for (const [lang, page] of Object.entries(PAGES)) {
  test(`the first ten minutes go as their page says, in ${lang}`, async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'start-'));
    t.after(() => rm(home, { recursive: true }));
    const sandbox = await startSandbox();
    t.after(() => sandbox.stop());
    const [port] = await freePorts(1);
    const reader = new Reader(t, lang, home, [
      [SANDBOX, `127.0.0.1:${sandbox.port}`],
      [SERVER, `127.0.0.1:${port}`],
      [LISTEN, LISTEN.replace('8000', port)],
      [PACKAGE, `npm install --offline --no-audit --no-fund ${shared.tarball}`],
    ]);
    const [demo, files, signIn, call, events, promise, follow, password, module, next] = await sectionsOf(page);
    assert.equal(next.blocks.length, 0, 'what comes after asks for nothing');
    const [ready] = signIn.bold;
    // Wrap-up ends by itself after ten seconds, which a busy machine may have been away for.
    const [inCall, hangUp, wrapUp, done] = call.bold;

    for (const block of [...demo.blocks, ...files.blocks]) await reader.do(block);

    await reader.open('/');
    await reader.signedIn();
    await reader.agent.press(reader.agent.chip, () => reader.agent.toolbar.getByRole('menuitemradio').first().isVisible());
    await reader.agent.toolbar.getByRole('menuitemradio', { name: ready, exact: true }).click();
    await reader.agent.chipShows(ready);

    const [number] = (await readFile(new URL(page, import.meta.url), 'utf8')).match(/(?<=`)1\d{10}(?=`)/);
    await reader.agent.dial(number);
    await reader.agent.chipShows(inCall);
    await reader.press(hangUp, wrapUp, ready);
    await reader.press(done, ready);

    const [listeners, ring, rang, over] = events.blocks;
    await reader.do(listeners);
    await reader.reload();
    await reader.do(ring);
    await reader.do(rang);
    await reader.agent.chipShows(inCall);
    assert.deepEqual(events.bold, [hangUp]);
    await reader.press(hangUp, wrapUp, ready);
    await reader.do(over);
    await reader.press(done, ready);

    const [buttons, talking, refused, empty] = promise.blocks;
    const [customer, nobody] = ['Call the customer', 'Call nobody'];
    assert.deepEqual([...new Set(promise.quoted)], [customer, nobody]);
    const own = (name) => reader.agent.page.getByRole('button', { name, exact: true });
    await reader.do(buttons);
    await reader.reload();
    await own(customer).click();
    await reader.do(talking);
    await own(customer).click();
    await reader.do(refused);
    await reader.press(hangUp, wrapUp, ready);
    await until(() => reader.agent.page.locator('#said').textContent().then((text) => text.includes('over: ')), { what: 'the call is over' });
    reader.said.push('over');
    await own(nobody).click();
    await reader.do(empty);
    await reader.press(done, ready);

    const [following, nonsense, exception] = follow.blocks;
    await reader.do(following);
    await reader.reload();
    await own(customer).click();
    await until(() => own(customer).isDisabled(), { what: 'the button is grey during a call' });
    await until(async () => await reader.agent.page.title() === `outbound ${number}`, { what: 'the title says who it is' });
    await reader.agent.chipShows(inCall);
    await reader.press(hangUp, wrapUp, ready);
    await until(() => own(customer).isEnabled(), { what: 'the button is there again' });
    await reader.press(done, ready);
    reader.said = (await reader.agent.page.locator('#said').textContent()).trim().split('\n');
    await reader.do(nonsense);
    await reader.do(exception);

    for (const block of password.blocks) await reader.do(block);
    assert.ok(!(await readFile(join(reader.folder, 'main.js'), 'utf8')).includes('123456'), 'the page knows no password any more');
    await reader.open('/');
    await reader.signedIn();

    for (const block of module.blocks) await reader.do(block);
    await reader.open('/module.html');
    await reader.signedIn();
    assert.equal(await reader.agent.page.evaluate(() => sdk.snapshot().agent.number), '1002');
    await reader.agent.chip.waitFor();
  });
}

test('a file that is to be written is named where a reader sees it', async () => {
  for (const page of Object.values(PAGES)) {
    const text = await readFile(new URL(page, import.meta.url), 'utf8');
    for (const section of text.split(/^## /m)) {
      const prose = section.replace(/^```[^]*?^```$/gm, '');
      for (const [, file] of section.matchAll(/^```.* file=(\S+)/gm)) assert.ok(prose.includes(`\`${file}\``), `${page}: ${file}`);
    }
  }
});

test('both languages have the same blocks', async () => {
  const [english, chinese] = await Promise.all(Object.values(PAGES).map(sectionsOf));
  assert.deepEqual(chinese.map(({ blocks }) => blocks), english.map(({ blocks }) => blocks));
});

test('what stands for a reader\'s own things is in the page', async () => {
  const text = await readFile(new URL(PAGES.en, import.meta.url), 'utf8');
  for (const one of [DEMO, SANDBOX, SERVER, LISTEN, PACKAGE]) assert.ok(text.includes(one), one);
});
