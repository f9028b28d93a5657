import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { examples, openDesk } from '../lib/examples.mjs';
import { until } from '../lib/until.mjs';

const FEW = ['options/el', 'options/url', 'methods/call', 'causes/dial', 'errors/REFUSED'];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A page with a few examples. */
async function opened(t, where, all) {
  const desk = await openDesk(browser, all ?? (await examples()).filter(({ name }) => FEW.includes(name)), where);
  t.after(() => Promise.all([desk.sandbox.stop(), desk.tab.context().close()]));
  const figure = (name) => desk.tab.locator(`figure[data-example="${name}"]`);
  const button = (name) => figure(name).locator('.example-run');
  const lines = (name) => figure(name).locator('.example-lines > li').allTextContents();
  const state = (name, wanted) => until(async () => await figure(name).getAttribute('data-state') === wanted, { what: `${name} is ${wanted}` });
  return { ...desk, figure, button, lines, state };
}

const signedIn = async (sandbox) => (await sandbox.state()).agents.filter(({ nowState }) => nowState && nowState !== 'Logout').length;

test('one example runs at a time: another one ends it, its session and its toolbar', async (t) => {
  const { tab, button, figure, state } = await opened(t);
  await button('options/el').click();
  await state('options/el', 'done');
  assert.equal(await button('options/el').textContent(), 'Stop', 'its toolbar may be used');
  await button('options/url').click();
  await state('options/url', 'done');
  assert.equal(await figure('options/el').locator('iframe').count(), 0);
  assert.equal(await button('options/el').textContent(), 'Run again');
  assert.equal(tab.frames().length, 1, 'without a toolbar nothing stays');
});

test('a toolbar is there until it is stopped, and can be run again', async (t) => {
  const { button, figure, lines, state } = await opened(t);
  await button('options/el').click();
  await state('options/el', 'done');
  await figure('options/el').locator('iframe').contentFrame().locator('[part~=chip]').waitFor();
  await button('options/el').click();
  assert.equal(await figure('options/el').locator('iframe').count(), 0);
  await button('options/el').click();
  await state('options/el', 'done');
  assert.deepEqual(await lines('options/el'), ['agent-toolbar'], 'what it showed before is gone');
});

test('an example that is stopped while it runs shows no more, and nothing of it stays', async (t) => {
  const { sandbox, button, figure, lines } = await opened(t, {}, [{ name: 'zz/waits', text: "await signedIn();\nshow('in');\nawait new Promise(() => {});\n" }]);
  await button('zz/waits').click();
  await until(async () => (await lines('zz/waits')).length === 1, { what: 'it has shown a line' });
  assert.equal(await signedIn(sandbox), 1);
  await button('zz/waits').click();
  assert.equal(await figure('zz/waits').getAttribute('data-state'), null);
  assert.equal(await figure('zz/waits').locator('iframe').count(), 0);
});

test('an error that an example does not catch is shown with what to do, in the page\'s language', async (t) => {
  const uncaught = [{ name: 'zz/fails', text: "const sdk = new AgentSdk(options);\nsdk.hold();\n" }];
  for (const [lang, run, sentence, remedy] of [
    ['en', 'Run', 'NOT_CONNECTED: establish a link first', 'call connect(), or wait for the link to come back'],
    ['zh-CN', '运行', 'NOT_CONNECTED: 请先建立链接', '调用 connect()，或等待自动重连'],
  ]) {
    const { button, lines, state } = await opened(t, { lang }, uncaught);
    assert.equal(await button('zz/fails').textContent(), run);
    await button('zz/fails').click();
    await state('zz/fails', 'failed');
    assert.deepEqual(await lines('zz/fails'), [sentence, remedy]);
  }
});

test('where no sandbox answers, the example says how to have one', async (t) => {
  for (const lang of ['en', 'zh-CN']) {
    const { sandbox, tab, button, lines, state } = await opened(t, { lang });
    await tab.route(`${sandbox.origin}/sandbox/**`, (route) => route.fulfill({ status: 404 }));
    await button('options/url').click();
    await state('options/url', 'failed');
    const [line, ...others] = await lines('options/url');
    assert.match(line, /`cargo xtask demo`/);
    assert.deepEqual(others, []);
  }
});

test('the reader chooses the cause that is dialled', async (t) => {
  const { button, figure, lines, state } = await opened(t);
  await figure('causes/dial').locator('.example-choice').fill('2114');
  await button('causes/dial').click();
  await state('causes/dial', 'done');
  assert.match((await lines('causes/dial'))[0], /^2114 \S/);
});
