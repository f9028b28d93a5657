import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { openDemo, inDemo, makeReady, readyInDemo, rowOf, signIn } from '../lib/demo.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const NUMBER = '13800138000';
/** Nobody's in the list. */
const UNKNOWN = '15400000999';

const calls = async () => (await shared.sandbox.state()).calls;
const hangUpAll = async () => Promise.all((await calls()).map(({ callId }) => shared.sandbox.hangUp(callId)));

for (const [lang, { name, talking, after, hint }] of Object.entries({
  zh: { name: '陈思远', talking: '通话中', after: '话后', hint: '先确认是否收到' },
  en: { name: 'Chen Siyuan', talking: 'In call', after: 'Wrap-up', hint: 'First ask whether it arrived' },
})) {
  test(`the card of the customer pops when a call comes in, and their record: ${lang}`, async (t) => {
    const agent = await readyInDemo(t, shared, { lang });
    const { page } = agent;
    const pop = page.getByTestId('pop');
    assert.equal(await pop.count(), 0);
    await rowOf(page, lang === 'zh' ? '韩冬' : 'Han Dong').getByRole('button').first().click();

    const callId = await shared.sandbox.callIn({ from: `0${NUMBER}`, agent: '1001' });
    await pop.getByText(name).waitFor();
    await pop.getByText(hint).waitFor();
    assert.equal(await page.getByTestId('pop-number').textContent(), '138****8000');
    assert.equal(await pop.evaluate((element) => element.closest('[slot]').assignedSlot.name), 'customer-card', 'it stands in the toolbar');
    await page.getByTestId('record').getByRole('heading', { name }).waitFor();
    await agent.chipShows(talking);

    await shared.sandbox.hangUp(callId);
    await agent.chipShows(after);
    await pop.waitFor({ state: 'detached' });
  });
}

test('an agent calls out from the toolbar, and the record of whoever is called comes', async (t) => {
  const agent = await readyInDemo(t, shared);
  await agent.dial('15400000109');
  await agent.chipShows('通话中');
  await agent.page.getByTestId('record').getByRole('heading', { name: '韩冬' }).waitFor();
  const [call] = await calls();
  assert.equal(call.to, '15400000109');
  await hangUpAll();
  await agent.chipShows('话后');
});

test('a number of the list is called at a press, and is hidden everywhere in the page', async (t) => {
  const agent = await readyInDemo(t, shared, { lang: 'en' });
  const { page } = agent;
  const link = rowOf(page, 'Lin Kexin').getByRole('button', { name: 'Call Lin Kexin 154****0102' });
  assert.equal((await link.textContent()).trim(), '154****0102');
  await link.click();
  await until(async () => (await calls())[0]?.to === '15400000102', { what: 'the customer is called' });
  await page.getByTestId('pop').getByText('Lin Kexin').waitFor();
  assert.doesNotMatch(await page.content(), /15400000102/);
  // One call at a time: its links say so, and do nothing.
  await until(async () => await link.getAttribute('aria-disabled') === 'true', { what: 'no other call can be placed' });
  await hangUpAll();
  await until(async () => await link.getAttribute('aria-disabled') === 'false', { what: 'calls can be placed again' });
});

test('who asked not to be called is not, neither by a link nor by the toolbar', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  const notice = page.getByTestId('notice');
  await rowOf(page, '冯家豪').getByRole('button', { name: /^呼叫/ }).click();
  await notice.getByText('冯家豪 要求不要致电').waitFor();
  await page.getByRole('button', { name: '关闭' }).first().click();
  await notice.waitFor({ state: 'hidden' });
  await agent.dial('15400000111');
  await notice.getByText('冯家豪 要求不要致电').waitFor();
  assert.deepEqual((await agent.sent()).filter((frame) => frame.includes('"makeCall"')), []);
});

test('a caller whom nobody knows gets a form, and is known from then on, also after a reload', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  await shared.sandbox.callIn({ from: UNKNOWN, agent: '1001' });
  await page.getByTestId('pop').getByText('新号码').waitFor();
  assert.equal(await page.getByTestId('new-number').textContent(), '154****0999');
  await page.getByTestId('new-save').click();
  await page.getByTestId('new-status').getByText('还没有姓名').waitFor();
  await page.getByTestId('new-name').fill('白小晴');
  await page.getByTestId('new-city').fill('苏州');
  await page.getByTestId('new-save').click();
  await page.getByTestId('pop').getByText('白小晴').waitFor();
  await page.getByTestId('record').getByRole('heading', { name: '白小晴' }).waitFor();
  await agent.chipShows('通话中');
  await hangUpAll();
  await agent.chipShows('话后');
  await page.getByTestId('call-entry').getByText('通话 00:').waitFor();

  await page.reload();
  await signIn(page);
  await makeReady(shared, agent);
  await shared.sandbox.callIn({ from: UNKNOWN, agent: '1001' });
  await page.getByTestId('pop').getByText('白小晴').waitFor();
  await until(async () => await page.getByTestId('call-entry').count() === 2, { what: 'both calls are theirs' });
});

test('who is typing is not disturbed by a call: the card leads to the record', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  await rowOf(page, '赵雅婷').getByRole('button').first().click();
  const note = page.getByTestId('note-text');
  await note.pressSequentially('儿童');
  await shared.sandbox.callIn({ from: NUMBER, agent: '1001' });
  await page.getByTestId('pop').waitFor();
  await note.pressSequentially('锁已会用');
  assert.equal(await note.inputValue(), '儿童锁已会用');
  await page.getByTestId('record').getByRole('heading', { name: '赵雅婷' }).waitFor();
  await page.getByTestId('pop-open').click();
  await page.getByTestId('record').getByRole('heading', { name: '陈思远' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'record-title', 'the keyboard goes on there');
  // What was typed waits where it was.
  await rowOf(page, '赵雅婷').getByRole('button').first().click();
  assert.equal(await note.inputValue(), '儿童锁已会用');
});

test('a call that goes on while the page is loaded anew keeps its card', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  const callId = await shared.sandbox.callIn({ from: NUMBER, agent: '1001' });
  await page.getByTestId('pop').waitFor();
  await agent.chipShows('通话中');
  await page.reload();
  await signIn(page);
  await page.getByTestId('pop').getByText('陈思远').waitFor();
  await shared.sandbox.hangUp(callId);
  await page.getByTestId('pop').waitFor({ state: 'detached' });
  await page.getByTestId('call-entry').getByText('对方先挂断').waitFor();
  assert.equal(await page.getByTestId('call-entry').count(), 1);
});

test('on the browser phone the card stands in what the toolbar tells of the call, until it is answered there', async (t) => {
  const agent = await readyInDemo(t, shared, { lang: 'en', phone: '3' });
  const { page } = agent;
  await shared.sandbox.callIn({ from: NUMBER, agent: '1001' });
  await page.getByTestId('pop').getByText('Chen Siyuan').waitFor();
  await agent.toolbar.locator('[part~=answer]').first().waitFor();
  await agent.call('openPanel', 'details');
  const inPanel = () => page.getByTestId('pop').evaluate((element) => Boolean(element.closest('[slot]').assignedSlot.closest('[role=dialog]')));
  await until(inPanel, { what: 'the card is in the panel' });
  await agent.press(agent.toolbar.locator('[part~=answer]').first(), async () => (await agent.call('snapshot')).call?.since > 0);
  await until(async () => !await inPanel(), { what: 'the card is under the bar' });
  await page.getByTestId('call-entry').getByText('going on').waitFor();
  await hangUpAll();
});

test('calls between colleagues are nobody\'s activity', async (t) => {
  const colleague = await readyInDemo(t, shared, { number: '1002' });
  const agent = await inDemo(t, shared);
  await agent.page.evaluate(() => window.sdk.call('1002', 1));
  await colleague.page.getByTestId('pop').getByText('同事').waitFor();
  await agent.chipShows('通话中');
  await agent.press(agent.hangUp, async () => (await calls()).length === 0);
  await colleague.page.getByTestId('pop').waitFor({ state: 'detached' });
  for (const { page } of [agent, colleague]) {
    await page.getByTestId('nav-calls').click();
    await page.getByText('今天还没有这样的通话').waitFor();
  }
});

for (const [lang, sentence] of [['zh', '工号或密码'], ['en', 'Sign-in did not go through']]) {
  test(`a wrong password is explained where it was typed: ${lang}`, async (t) => {
    const page = await openDemo(t, shared, { lang });
    await page.getByTestId('signin-password').fill('wrong');
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('signin-error').getByText(sentence).waitFor();
    if (lang === 'en') assert.doesNotMatch(await page.getByTestId('signin-error').textContent(), /\p{Script=Han}/u);
    await page.getByTestId('signin-password').fill('123456');
    await page.getByTestId('signin-submit').click();
    await page.getByTestId('agent').getByText('1001').waitFor();
  });
}
