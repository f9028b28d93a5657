import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { newProfile } from '../lib/browser.mjs';
import { logInAtFake, requests } from '../lib/fake-office.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const CUSTOMER = '13800132214';
const SALES = { id: 'g1', name: '销售组' };
const SUPPORT = { id: 'g2', name: '客服组' };

const one = (agentNumber, members) => ({
  agentNumber, agentName: `座席${agentNumber}`, nowState: 'Idle', operatingTime: 5000, peerId: '', callDirection: null, groupList: [SALES], ...members,
});
const talking = (agentNumber, members) => one(agentNumber, { nowState: 'Conversation', peerId: CUSTOMER, callDirection: 0, ...members });

const asked = (broker) => requests(broker).filter(({ request }) => request === 'surveillance');
const done = (broker) => requests(broker).filter(({ request }) => /^(listen|whisper|intercept|force)/.test(request))
  .map(({ request, beAgentNumber }) => `${request} ${beAgentNumber}`);

/** Answers a question with these agents. */
const answer = (broker, { sequence }, agentList) => broker.push({
  type: 'event', event: 'Surveillance', eventTime: Date.now(), sequence, companyId: 'demo', agentNumber: '1001', data: { agentList },
});

/**
 * A supervisor whose wall is open; `agents` is what they do from then on, by group where there are several. Each question is
 * answered, unless `agents` is undefined.
 */
async function atWall(t, { agents, groups = [SALES], more = {}, ...where } = {}) {
  const login = { agentType: 1, groupInfoList: groups.map((group) => ({ ...group, isMaster: 0 })), groupIdList: groups.map(({ id }) => id) };
  const { agent, broker } = await logInAtFake(t, shared, { says: { login }, more, ...where });
  await agent.idle();
  const office = { agents, answered: 0 };
  const timer = setInterval(() => {
    for (const question of asked(broker).slice(office.answered)) {
      if (!office.agents) return;
      office.answered += 1;
      answer(broker, question, Array.isArray(office.agents) ? office.agents : office.agents[question.groupId] ?? []);
    }
  }, 10);
  t.after(() => clearInterval(timer));
  await agent.call('openPanel', 'wall');
  const wall = agent.toolbar.locator('[data-pop=wall]');
  await wall.waitFor();
  const rows = wall.locator('.scroller [role=row]:visible');
  /** The numbers in view, from top to bottom. */
  const numbers = () => rows.evaluateAll((all) => all
    .map((row) => [Number(row.getAttribute('aria-rowindex')), row.querySelector('.ag .num').textContent]).sort(([a], [b]) => a - b).map(([, number]) => number));
  const shows = (...expected) => until(async () => (await numbers()).join() === expected.join(), { what: `the rows ${expected}` });
  const row = (number) => rows.filter({ has: wall.page().locator(`.ag .num >> text="${number}"`) });
  return { agent, broker, office, wall, rows, row, numbers, shows };
}

const focused = (agent) => agent.page.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.dataset.act ?? element?.querySelector?.('.ag .num')?.textContent ?? element?.tagName;
});
const focusIs = (agent, expected) => until(async () => await focused(agent) === expected, { what: `the focus is at ${expected}` });

// ── who sees it, and what ───────────────────────────────────────────────────────────────────────────────────────────

test('only a supervisor has a wall, and page and button open and close it', async (t) => {
  const { agent: other } = await logInAtFake(t, shared, {});
  assert.equal(await other.toolbar.locator('[data-act=wall]').isVisible(), false);
  const { agent, wall, shows } = await atWall(t, { agents: [one('1')] });
  await shows('1');
  await agent.call('closePanel');
  await wall.waitFor({ state: 'detached' });
  await agent.press(agent.toolbar.locator('[data-act=wall]'), () => wall.isVisible());
  assert.equal(await wall.getAttribute('role'), 'dialog');
  await wall.press('Escape');
  await wall.waitFor({ state: 'detached' });
  await focusIs(agent, 'wall');
});

test('what the page knows of the hour stands beside what the wall sees of it', async (t) => {
  const tiles = (wall) => wall.locator('.tile:visible').allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, ' ').trim()));
  const agents = [one('1'), one('2'), talking('3')];
  const { wall } = await atWall(t, { agents });
  await until(async () => /^在线座席 就绪 2 忙碌 0 话后 0 通话 1 3( \d\d:\d\d){4}$/.test((await tiles(wall))[0]), { what: 'how many are in each state' });
  assert.equal((await tiles(wall)).length, 1, 'nothing else is known');
  const { wall: other } = await atWall(t, { agents, more: { figures: { answeredInTime: '86 %', goal: '80 %', answered: 412 } } });
  await until(async () => (await tiles(other)).slice(1).join() === '20 秒接通率 86 % 目标 80 %,本小时接听 412', { what: 'the figures of the page' });
});

test('the wall stands in an element of the page, looks as the toolbar does, and goes with it', async (t) => {
  const { agent, broker, wall, shows } = await atWall(t, { agents: [one('1'), one('2')], more: { lang: 'en' } });
  await shows('1', '2');
  await agent.page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    document.body.insertAdjacentHTML('beforeend', '<main id="floor" style="height: 400px; border: 3px solid"></main>');
    sdk.changeStyle({ '--at-accent': 'rgb(1, 2, 3)' });
    sdk.openPanel('wall', { into: '#floor' });
  });
  const docked = agent.page.locator('#floor > agent-toolbar-wall');
  const region = docked.locator('[data-pop=wall]');
  await region.waitFor();
  await wall.waitFor({ state: 'detached' });
  assert.equal(await region.getAttribute('role'), 'region');
  const rows = docked.locator('.scroller [role=row]:visible');
  await until(async () => await rows.count() === 2, { what: 'both agents' });
  const { height, accent, lang, direction } = await docked.evaluate((element) => ({
    height: element.getBoundingClientRect().height,
    accent: getComputedStyle(element.shadowRoot.querySelector('.wallp')).getPropertyValue('--at-accent'),
    lang: element.shadowRoot.querySelector('.at').lang,
    direction: getComputedStyle(element.shadowRoot.querySelector('.wallp')).direction,
  }));
  assert.deepEqual({ height, accent, lang, direction }, { height: 400, accent: 'rgb(1, 2, 3)', lang: 'en', direction: 'ltr' });
  await agent.page.evaluate(() => sdk.element.setAttribute('theme', 'dark'));
  await until(async () => await docked.getAttribute('theme') === 'dark', { what: 'the theme of the toolbar' });
  await rows.first().click();
  await rows.first().press('Escape');
  await region.waitFor();
  await agent.call('closePanel');
  await docked.waitFor({ state: 'detached' });

  await agent.page.evaluate(() => sdk.openPanel('wall', { into: document.getElementById('floor') }));
  await region.waitFor();
  await agent.page.evaluate(() => document.getElementById('floor').remove());
  await until(() => agent.toolbar.locator('[data-act=wall][aria-expanded=false]').count(), { what: 'the wall is closed' });
  const before = asked(broker).length;
  await agent.press(agent.toolbar.locator('[data-act=wall]'), () => wall.isVisible());
  await until(() => asked(broker).length > before, { what: 'it asks again, under the bar' });
});

test('an element grows no higher than the window for the wall in it, and shows no more rows than fit', async (t) => {
  const agents = Array.from({ length: 3000 }, (_, at) => one(String(10_000 + at)));
  const { agent } = await atWall(t, { agents });
  await agent.page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<main id="floor"></main>');
    sdk.openPanel('wall', { into: '#floor' });
  });
  const docked = agent.page.locator('agent-toolbar-wall');
  const rows = docked.locator('.scroller [role=row]');
  await rows.filter({ visible: true }).first().waitFor();
  const room = await agent.page.evaluate(() => innerHeight);
  const { height } = await docked.boundingBox();
  assert.ok(height <= room, `${height} px in a window of ${room}`);
  assert.ok(await rows.count() <= room / 32 + 3);
});

test('a wall that is closed asks nobody any more', async (t) => {
  const { agent, broker, shows, wall } = await atWall(t, { agents: [one('1')], more: { pingInterval: 3000 } });
  await shows('1');
  await agent.call('closePanel');
  await wall.waitFor({ state: 'detached' });
  // What has left the page: the broker may hear the last one later than that.
  const questions = async () => (await agent.sent()).filter((frame) => frame.includes('"request":"surveillance"')).length;
  const before = await questions();
  const beats = () => broker.frames.filter(({ body }) => body?.includes('"heartbeat"')).length;
  const seen = beats();
  await until(() => beats() >= seen + 2, { what: 'six seconds of heart-beats' });
  assert.equal(await questions(), before);
});

test('each agent has a row with state, name, group, time, the other party masked, and the direction', async (t) => {
  const { agent, rows, shows, wall } = await atWall(t, { agents: [one('6002', { nowState: 'Busy' }), talking('6001', { operatingTime: 61_000 })] });
  await shows('6001', '6002');
  const cells = () => rows.first().locator('[role=cell]').allInnerTexts();
  await until(async () => /^01:0[1-9]$/.test((await cells())[3]), { what: 'a minute and some seconds' });
  const texts = (await cells()).map((text) => text.replace(/\s+/g, ' ').trim());
  assert.deepEqual([texts[0], texts[1], texts[2], texts[4], texts[5]], ['通话中', '座席6001 6001', '销售组', '138****2214', '呼入']);
  assert.equal(await wall.locator('[role=table]').getAttribute('aria-rowcount'), '3');
  const html = await agent.page.evaluate(() => sdk.element.shadowRoot.innerHTML);
  assert.equal(html.includes(CUSTOMER), false, 'the whole number stands nowhere');
  const before = (await cells())[3];
  await until(async () => (await cells())[3] !== before, { what: 'time goes on' });
});

test('groups are asked in turn, one question at a time, and their agents stand together', async (t) => {
  const agents = { g1: [one('1')], g2: [one('2', { groupList: [SUPPORT] })] };
  const { broker, office, shows, wall } = await atWall(t, { agents, groups: [SALES, SUPPORT] });
  await shows('1', '2');
  await until(() => asked(broker).length >= 4, { what: 'four questions' });
  const names = asked(broker).map(({ groupId }) => groupId);
  assert.deepEqual(names.slice(0, 4), [...Array(4)].map((_, at) => (at % 2 ? names[1] : names[0])));
  assert.notEqual(names[0], names[1]);
  office.agents = undefined;
  await wall.getByText(/实时，[3-9] 秒前/).waitFor();
  assert.equal(asked(broker).length - office.answered, 1, 'no other while one is open');
});

test('what the page asks for itself is not taken for the whole', async (t) => {
  const { agent, broker, office, shows, numbers } = await atWall(t, { agents: [one('1'), one('2')] });
  await shows('1', '2');
  office.agents = undefined;
  const sequence = await agent.call('surveillance', { groupId: 'g1', agentNumber: '1' });
  await agent.page.evaluate(() => { window.answered = new Promise((resolve) => { sdk.once('Surveillance', resolve); }).then(() => {}); });
  answer(broker, { sequence }, [one('1')]);
  await agent.page.evaluate(() => answered);
  assert.deepEqual(await numbers(), ['1', '2']);
});

// ── who is wanted ───────────────────────────────────────────────────────────────────────────────────────────────────

test('search, group, state and direction narrow the list, and each state has its count', async (t) => {
  const agents = [talking('6001', { agentName: '李敏' }), one('6002', { agentName: '王伟' }), talking('6003', { callDirection: 1, groupList: [SUPPORT] })];
  const { shows, wall } = await atWall(t, { agents });
  await shows('6001', '6002', '6003');
  assert.equal(await wall.locator('[data-state=talk] .num').textContent(), '2');
  await wall.locator('[data-state=talk]').click();
  await shows('6001', '6003');
  await wall.getByRole('radio', { name: '呼出' }).click();
  await shows('6003');
  await wall.getByRole('radio', { name: '不限' }).click();
  await wall.locator('select').selectOption('g2');
  await shows('6003');
  await wall.locator('select').selectOption('');
  await wall.locator('[data-state=""]').click();
  const field = wall.getByRole('textbox');
  await field.fill('王');
  await shows('6002');
  await field.fill('2214');
  await shows('6001', '6003');
  await field.fill('nobody');
  await wall.getByText('没有找到').waitFor();
  await field.press('Escape');
  await shows('6001', '6002', '6003');
  assert.equal(await wall.isVisible(), true, 'the first Escape only clears');
});

test('a column sorts, and the other way round when pressed again', async (t) => {
  const { shows, wall } = await atWall(t, { agents: [one('1', { operatingTime: 9000 }), one('2', { operatingTime: 1000 })] });
  await shows('1', '2');
  const time = wall.getByRole('columnheader', { name: '状态时长' });
  await time.getByRole('button').click();
  await shows('2', '1');
  assert.equal(await time.getAttribute('aria-sort'), 'ascending');
  await time.getByRole('button').click();
  await shows('1', '2');
  assert.equal(await time.getAttribute('aria-sort'), 'descending');
});

test('who lasts longer than the page allows is overdue', async (t) => {
  const agents = [one('1', { nowState: 'After', operatingTime: 90_000 }), one('2', { nowState: 'After', operatingTime: 1000 })];
  const { row, shows, wall } = await atWall(t, { agents, more: { wallLimits: { wrap: 60 } } });
  await shows('1', '2');
  await row('1').locator('.lt').waitFor();
  assert.equal(await row('2').locator('.lt').isVisible(), false);
  await wall.locator('[data-state=late]').click();
  await shows('1');
});

test('where the page sets no limits nobody is overdue', async (t) => {
  const { shows, wall } = await atWall(t, { agents: [one('1', { nowState: 'After', operatingTime: 90_000_000 })] });
  await shows('1');
  assert.equal(await wall.locator('[data-state=late]').isVisible(), false);
  assert.equal(await wall.locator('.lt').first().isVisible(), false);
});

// ── ten thousand ────────────────────────────────────────────────────────────────────────────────────────────────────

test('of ten thousand only those in view have rows, wherever one scrolls', async (t) => {
  const agents = Array.from({ length: 10_000 }, (_, at) => one(String(10_000 + at)));
  const { rows, wall, numbers } = await atWall(t, { agents });
  await until(async () => (await numbers())[0] === '10000', { what: 'the first rows' });
  assert.ok(await wall.locator('.scroller [role=row]').count() < 60);
  await wall.locator('.scroller').evaluate((scroller) => { scroller.scrollTop = scroller.scrollHeight; });
  await until(async () => (await numbers()).at(-1) === '19999', { what: 'the last row' });
  assert.ok(await wall.locator('.scroller [role=row]').count() < 60);
  assert.equal(await rows.last().evaluate((row) => row.closest('[role=table]').getAttribute('aria-rowcount')), '10001');
});

test('the keyboard goes from row to row, page to page, and to both ends', async (t) => {
  const agents = Array.from({ length: 2000 }, (_, at) => one(String(1000 + at)));
  const { agent, wall, numbers } = await atWall(t, { agents });
  await until(async () => (await numbers())[0] === '1000', { what: 'the first rows' });
  await wall.locator('.scroller [role=row][tabindex="0"]').focus();
  await focusIs(agent, '1000');
  const press = (key) => agent.page.keyboard.press(key);
  await press('ArrowDown');
  await focusIs(agent, '1001');
  await press('End');
  await focusIs(agent, '2999');
  await press('ArrowUp');
  await focusIs(agent, '2998');
  await press('PageUp');
  await until(async () => Number(await focused(agent)) < 2998, { what: 'a page up' });
  await press('Home');
  await focusIs(agent, '1000');
  await press('/');
  await focusIs(agent, 'INPUT');
});

test('another look, another height of rows or another window leaves the focus in its row', async (t) => {
  const agents = Array.from({ length: 2000 }, (_, at) => one(String(1000 + at)));
  const { agent, wall, numbers, row } = await atWall(t, { agents });
  await until(async () => (await numbers())[0] === '1000', { what: 'the first rows' });
  await wall.locator('.scroller [role=row][tabindex="0"]').focus();
  for (let step = 0; step < 40; step += 1) await agent.page.keyboard.press('ArrowDown');
  await focusIs(agent, '1040');
  await row('1040').evaluate((element) => {
    window.left = 0;
    element.addEventListener('blur', () => { window.left += 1; });
  });
  const height = () => row('1040').evaluate((element) => element.offsetHeight);
  const seen = () => row('1040').evaluate((element) => {
    const [at, box] = [element, element.closest('.scroller')].map((one) => one.getBoundingClientRect());
    return at.top >= box.top - 1 && at.bottom <= box.bottom + 1;
  });
  // What stands above a row is as high as its number says.
  const stands = async () => {
    const all = await wall.locator('.scroller [role=row]:visible').evaluateAll((rows) => rows
      .map((element) => [Number(element.getAttribute('aria-rowindex')), element.offsetHeight, new DOMMatrix(getComputedStyle(element).transform).f]));
    return all.length > 3 && all.every(([index, high, top]) => top === (index - 2) * high);
  };
  const wears = (name, value) => agent.page.evaluate(([attribute, to]) => sdk.element.setAttribute(attribute, to), [name, value]);
  const steps = [
    [() => wears('theme', 'dark'), 32], [() => wears('density', 'compact'), 28], [() => agent.page.setViewportSize({ width: 1280, height: 640 }), 28],
    [() => wears('density', 'comfortable'), 32], [() => agent.page.setViewportSize({ width: 1280, height: 900 }), 32],
  ];
  for (const [change, high] of steps) {
    await change();
    await until(async () => await height() === high && await stands() && await seen(), { what: `rows of ${high} px, and the one with the focus in view` });
    assert.equal(await focused(agent), '1040');
  }
  assert.equal(await agent.page.evaluate(() => window.left), 0, 'the focus has not been away');
  await agent.page.keyboard.press('ArrowDown');
  await focusIs(agent, '1041');
});

// ── the order stays under the hand ──────────────────────────────────────────────────────────────────────────────────

test('while somebody is in the table nothing moves, and what waits is applied on demand', async (t) => {
  const { agent, office, row, shows, wall } = await atWall(t, { agents: [one('1'), one('2'), one('3')] });
  await shows('1', '2', '3');
  await row('2').focus();
  office.agents = [one('0'), one('2'), one('3')];
  await wall.getByText('2 处变化').waitFor();
  await shows('1', '2', '3');
  assert.match(await row('1').innerText(), /已离开/);
  await focusIs(agent, '2');
  await wall.locator('[data-act=applyChanges]').click();
  await shows('0', '2', '3');
  await focusIs(agent, '2');
});

// ── what is done to agents ──────────────────────────────────────────────────────────────────────────────────────────

test('who is in a call is listened to, whispered to and joined by a key', async (t) => {
  const { agent, broker, row, shows } = await atWall(t, { agents: [talking('6001'), one('6002')] });
  await shows('6001', '6002');
  await row('6001').focus();
  for (const [key, request] of [['l', 'listen'], ['w', 'whisper'], ['b', 'forceInsert']]) {
    await agent.page.keyboard.press(key);
    await until(() => done(broker).at(-1) === `${request} 6001`, { what: request });
  }
  await row('6002').focus();
  await agent.page.keyboard.press('l');
  await agent.page.keyboard.press('ArrowUp');
  await focusIs(agent, '6001');
  await agent.page.keyboard.press('l');
  await until(() => done(broker).length === 4, { what: 'the fourth' });
  assert.deepEqual(done(broker), ['listen 6001', 'whisper 6001', 'forceInsert 6001', 'listen 6001'], 'there is nothing to hear at 6002');
});

test('the buttons of a row are for whoever is under the pointer', async (t) => {
  const { agent, broker, row, shows } = await atWall(t, { agents: [talking('6001'), talking('6002'), one('6003')] });
  await shows('6001', '6002', '6003');
  await row('6002').hover();
  // Sent at the very press: it is pressed once.
  const asked = async () => (await agent.sent()).some((frame) => frame.includes('"request":"listen"'));
  await agent.press(row('6002').locator('[data-act=listen]'), asked);
  await until(() => done(broker).length === 1, { what: 'listen' });
  assert.deepEqual(done(broker), ['listen 6002']);
  await row('6003').hover();
  await row('6003').locator('[data-act=rowActions]').waitFor();
  assert.equal(await row('6003').locator('[data-act=listen]').isVisible(), false);
});

test('who would cut somebody off is asked first, with the harmless answer at hand', async (t) => {
  const { agent, broker, row, shows, wall } = await atWall(t, { agents: [talking('6001', { agentName: '李敏' })] });
  await shows('6001');
  const ask = async (name) => {
    await row('6001').focus();
    await agent.page.keyboard.press('Enter');
    await wall.locator('[data-over] [role=menu]').waitFor();
    await wall.locator(`[data-over] [data-act=${name}]`).press('Enter');
    return wall.getByRole('alertdialog');
  };
  const question = await ask('forceHangUp');
  await question.waitFor();
  assert.equal(await question.locator('select').count(), 0, 'the page has no reasons to choose from');
  assert.match(await question.innerText(), /挂断 李敏 6001 的通话？[^]*138\*{4}2214[^]*不挂断[^]*强制挂断/);
  await focusIs(agent, 'keep');
  await agent.page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await focusIs(agent, '6001');
  assert.deepEqual(done(broker), []);
  for (const [name, request] of [['forceHangUp', 'forceBreak'], ['takeOver', 'intercept'], ['forceSignOut', 'forceLogout']]) {
    await (await ask(name)).locator('[data-act=go]').press('Enter');
    await until(() => done(broker).at(-1) === `${request} 6001`, { what: request });
  }
  assert.equal(done(broker).length, 3);
});

test('why somebody is cut off is asked where the page has reasons, and handed to the page', async (t) => {
  const reasons = ['座席求助', '<b>投诉', ''];
  const { agent, broker, row, shows, wall } = await atWall(t, { agents: [talking('6001')], more: { forceReasons: reasons } });
  await shows('6001');
  await agent.page.evaluate(() => {
    window.forced = [];
    sdk.on('Forced', (deed) => forced.push(deed));
  });
  const question = wall.getByRole('alertdialog');
  const ask = async (name) => {
    await row('6001').focus();
    await agent.page.keyboard.press('Enter');
    await wall.locator(`[data-over] [data-act=${name}]`).press('Enter');
    await question.waitFor();
  };
  const reason = question.getByRole('combobox', { name: '原因' });
  await ask('forceHangUp');
  await focusIs(agent, 'keep');
  assert.deepEqual(await reason.locator('option').allTextContents(), ['不填', '座席求助', '<b>投诉']);
  await reason.selectOption('<b>投诉');
  await question.locator('[data-act=keep]').press('Enter');
  await question.waitFor({ state: 'detached' });
  assert.deepEqual(await agent.page.evaluate(() => forced), [], 'nothing was done');

  await ask('forceHangUp');
  await reason.selectOption('<b>投诉');
  await question.locator('[data-act=go]').press('Enter');
  await until(() => done(broker).length === 1, { what: 'the call is ended' });
  await ask('forceSignOut');
  await question.locator('[data-act=go]').press('Enter');
  await until(() => done(broker).length === 2, { what: 'the agent is signed out' });
  assert.deepEqual(await agent.page.evaluate(() => forced), [
    { name: 'forceHangUp', agentNumber: '6001', reason: '<b>投诉' }, { name: 'forceSignOut', agentNumber: '6001', reason: '' },
  ]);
});

test('ready and busy are set at once, and can be taken back', async (t) => {
  const { agent, broker, row, shows, wall } = await atWall(t, { agents: [one('6001', { agentName: '李敏' })] });
  await shows('6001');
  await row('6001').focus();
  await agent.page.keyboard.press('Enter');
  await wall.locator('[data-over] [data-act=forceBusy]').press('Enter');
  await wall.getByText('已让 李敏 6001 忙碌').waitFor();
  await agent.press(wall.locator('[data-act=undo]'), () => done(broker).length === 2);
  assert.deepEqual(done(broker), ['forceBusy 6001', 'forceIdle 6001']);
  await wall.locator('[data-act=undo]').waitFor({ state: 'detached' });
});

test('what was done can no longer be taken back after six seconds', async (t) => {
  const { agent, row, shows, wall } = await atWall(t, { agents: [one('6001')] });
  await shows('6001');
  await row('6001').focus();
  await agent.page.keyboard.press('Enter');
  await wall.locator('[data-over] [data-act=forceReady]').press('Enter');
  await wall.locator('[data-act=undo]').waitFor();
  await wall.locator('[data-act=undo]').waitFor({ state: 'detached', timeout: 30_000 });
});

test('a page that forbids an act is asked, whether by button, key or menu', async (t) => {
  const { agent, broker, row, shows } = await atWall(t, { agents: [talking('6001')] });
  await shows('6001');
  await agent.page.evaluate(() => { window.acts = []; sdk.on('Action', ({ name }) => acts.push(name)); });
  await row('6001').focus();
  await agent.page.keyboard.press('w');
  await until(() => done(broker).length === 1, { what: 'whisper' });
  assert.deepEqual(await agent.page.evaluate(() => acts), ['whisper']);
});

test('the own part in a call stands at the foot, with the way out', async (t) => {
  const { broker, row, shows, wall, agent } = await atWall(t, { agents: [talking('6001')] });
  await shows('6001');
  await row('6001').focus();
  await agent.page.keyboard.press('l');
  await until(() => done(broker).length === 1, { what: 'listen' });
  broker.tell('Listening', { callDirection: 1, caller: CUSTOMER, called: '6001', occCallId: 'c-1', callType: 'listen' });
  const own = wall.locator('.own');
  await own.getByText('双方听不到您').waitFor();
  await own.getByText('座席 6001').first().waitFor();
  assert.equal(await wall.isVisible(), true);
  await own.locator('[part~=hangup]').press('Enter');
  await until(() => requests(broker).some(({ request }) => request === 'cancelCall'), { what: 'the way out' });
  await own.waitFor({ state: 'detached' });
});

// ── where there is no worker ────────────────────────────────────────────────────────────────────────────────────────

test('a page that may start no worker has the same wall', async (t) => {
  const profile = await newProfile(t, shared.browser);
  await profile.addInitScript(() => { window.Worker = class { constructor() { throw new Error('refused'); } }; });
  const { agent, shows, wall } = await atWall(t, { agents: [one('1'), talking('2')], profile, allow: /no worker/ });
  await shows('1', '2');
  await wall.locator('[data-state=talk]').click();
  await shows('2');
  assert.deepEqual(await agent.page.evaluate(() => [typeof attend, typeof Roster]), ['undefined', 'undefined'], 'it leaves no names in the page');
});

test('a list that cannot be had is said, and the rest works', async (t) => {
  const profile = await newProfile(t, shared.browser);
  await profile.route('**/agent-toolbar-roster.js', (route) => route.fulfill({ status: 404 }));
  const { agent, wall } = await atWall(t, { agents: [one('1')], profile, allow: /roster|404/ });
  await wall.getByText('名单读不出来').waitFor();
  await wall.press('Escape');
  await agent.call('busy');
  await agent.event('Busy');
});
