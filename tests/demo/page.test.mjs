import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { withSandbox } from '../lib/agent.mjs';
import { inDemo, openDemo, openDrawer, readyInDemo, rowOf } from '../lib/demo.mjs';
import { WWW } from '../lib/paths.mjs';
import { until } from '../lib/until.mjs';

const shared = withSandbox();
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const EVIL = '<img src=x onerror="window.hit=1">';

/** What axe says of the page and of the toolbar in it. */
async function violations(page, where) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(await readFile(AXE, 'utf8'));
  const { looked, all } = await page.evaluate(async () => {
    // A clock in a button is no part of its name, which would change each second.
    const { violations: found, passes } = await axe.run({ resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: false } } });
    return { looked: passes.length, all: found.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`)) };
  });
  assert.ok(looked > 5, `axe has looked, ${where}`);
  return all.map((text) => `${where}: ${text}`);
}

for (const lang of ['zh', 'en']) {
  for (const scheme of ['light', 'dark']) {
    test(`axe finds nothing in any view, wide or narrow, at rest and in a call: ${lang}, ${scheme}`, async (t) => {
      const page = await openDemo(t, shared, { lang, scheme });
      const wrong = await violations(page, 'signing in');
      await page.getByTestId('signin-agent').fill('1000');
      await page.getByTestId('signin-submit').click();
      await page.getByTestId('agent').getByText('1000').waitFor();
      wrong.push(...await violations(page, 'customers'));
      await page.evaluate(() => sdk.request.idle());
      await shared.sandbox.callIn({ from: '15400000999', agent: '1000' });
      await page.getByTestId('new-customer').waitFor();
      wrong.push(...await violations(page, 'a new caller'));
      await page.getByTestId('new-name').fill('A');
      await page.getByTestId('new-save').click();
      await page.getByTestId('note-text').fill('B');
      await page.getByTestId('note-save').click();
      await page.getByTestId('call-entry').waitFor();
      await openDrawer(page);
      for (const width of [1680, 360]) {
        await page.setViewportSize({ width, height: 900 });
        wrong.push(...await violations(page, `a note and the drawer, ${width}`));
        for (const view of ['calls', 'floor']) {
          await page.getByTestId(`nav-${view}`).evaluate((link) => link.click());
          await page.locator(`#${view}`).waitFor();
          wrong.push(...await violations(page, `${view}, ${width}`));
        }
        await page.getByTestId('nav-customers').evaluate((link) => link.click());
      }
      assert.deepEqual(wrong, []);
    });
  }
}

test('what customers and callers send is text, never markup', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  await shared.sandbox.callIn({ from: `+86${EVIL}154`, agent: '1001' });
  await page.getByTestId('new-customer').waitFor();
  await page.getByTestId('new-name').fill(EVIL);
  await page.getByTestId('new-city').fill(EVIL);
  await page.getByTestId('new-save').click();
  await page.getByTestId('pop').getByText(EVIL).first().waitFor();
  await page.getByTestId('note-text').fill(EVIL);
  await page.getByTestId('note-save').click();
  await page.getByTestId('activity').getByText(EVIL).waitFor();
  await rowOf(page, EVIL).waitFor();
  await openDrawer(page);
  await page.getByTestId('nav-calls').click();
  await page.getByTestId('call-row').getByText(EVIL).first().waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
  assert.equal(await page.evaluate(() => 'hit' in window), false);
});

test('no password and no token is kept by the page, nor in its address', async (t) => {
  const agent = await readyInDemo(t, shared);
  const { page } = agent;
  await shared.sandbox.callIn({ from: '13800138000', agent: '1001' });
  await page.getByTestId('call-entry').waitFor();
  const { local, tab, address } = await page.evaluate(() => ({
    local: JSON.stringify(localStorage), tab: JSON.stringify(sessionStorage), address: location.href,
  }));
  const { token } = JSON.parse((await agent.sockets()).flatMap(({ received }) => received).map((frame) => frame.slice(frame.indexOf('{')).replace(/\0[^]*$/, '')).find((text) => text.includes('"event":"Login"'))).data;
  assert.ok(token.length > 5);
  for (const secret of ['123456', 'sip-1001', token]) {
    for (const [place, text] of Object.entries({ local, address })) assert.ok(!text.includes(secret), `${secret} in ${place}`);
  }
  for (const secret of ['123456', 'sip-1001']) assert.ok(!tab.includes(secret), `${secret} in the tab`);
  assert.match(local, /demo-crm\/kept/);
});

test('the page keeps to its policy, which lets nothing in but its own files', async (t) => {
  const page = await openDemo(t, shared, { lang: 'en' });
  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  assert.equal(policy, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  await page.evaluate(() => {
    window.refused = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => refused.push(`${violatedDirective} ${blockedURI}`));
  });
  await page.getByTestId('signin-agent').fill('1000');
  await page.getByTestId('signin-submit').click();
  await page.getByTestId('agent').getByText('1000').waitFor();
  await page.evaluate(() => sdk.request.idle());
  const callId = await shared.sandbox.callIn({ from: '13800138000', agent: '1000' });
  await page.getByTestId('pop').waitFor();
  await shared.sandbox.hangUp(callId);
  await page.getByTestId('pop').waitFor({ state: 'detached' });
  await page.getByTestId('nav-floor').click();
  await page.locator('agent-toolbar-wall').getByText('Supervisor wall').waitFor();
  assert.deepEqual(await page.evaluate(() => refused), []);
});

test('language and appearance change at once, in the page and in the toolbar, and stay', async (t) => {
  const agent = await inDemo(t, shared);
  const { page } = agent;
  await rowOf(page, '陈思远').waitFor();
  await page.getByTestId('note-text').fill('半句');
  await page.getByTestId('lang').selectOption('en');
  await rowOf(page, 'Chen Siyuan').waitFor();
  await agent.chipShows('Signed in');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.getByTestId('note-text').inputValue(), '半句', 'what was typed stays');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByTestId('theme').selectOption('dark');
  assert.notEqual(await ground(), light);
  assert.equal(await page.locator('#toolbar').getAttribute('theme'), 'dark');
  await page.goto(`${shared.sandbox.origin}/`);
  await page.getByRole('heading', { name: 'Sign in to your desk' }).waitFor();
  assert.equal(await page.getByTestId('theme').inputValue(), 'dark');
});

test('nothing sticks out of the page at any width', async (t) => {
  const agent = await readyInDemo(t, shared, { lang: 'en', width: 360 });
  const { page } = agent;
  await shared.sandbox.callIn({ from: '447700900114', agent: '1001' });
  await page.getByTestId('pop').waitFor();
  await openDrawer(page);
  for (const width of [360, 480, 821, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    for (const view of ['customers', 'calls', 'floor']) {
      await page.getByTestId(`nav-${view}`).evaluate((link) => link.click());
      await page.locator(`#${view}`).waitFor();
      const over = await page.evaluate(() => {
        const main = document.querySelector('main');
        return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
      });
      assert.ok(over <= 0, `${view} at ${width}: ${over} px`);
    }
  }
});

test('customers are found by name in either language, number, order and tag', async (t) => {
  const { page } = await inDemo(t, shared);
  const names = async () => (await page.getByTestId('customer-row').locator('.name > span:first-child').allInnerTexts()).join();
  const finds = async (text, expected) => {
    await page.getByTestId('customer-search').fill(text);
    await until(async () => await names() === expected, { what: `${text} finds ${expected}` });
  };
  assert.equal(await page.getByTestId('customer-count').textContent(), '40 位');
  await finds('思远', '陈思远');
  await finds('chen si', '陈思远');
  await finds('0114', 'Amelia Hart,许建国');
  await finds('qs20480', '陈思远');
  await page.getByTestId('customer-search').fill('');
  await until(async () => await page.getByTestId('customer-row').count() === 40, { what: 'all of them' });
  await page.getByRole('button', { name: '投诉', exact: true }).click();
  await until(async () => await names() === '高志强,许建国,Jack Sullivan', { what: 'those who complain' });
  await finds('nobody', '');
  await page.getByText('没有符合的客户').waitFor();
});

test('signing in, finding and calling a customer and writing a note go by the keyboard alone', async (t) => {
  const page = await openDemo(t, shared, { lang: 'en' });
  const { keyboard } = page;
  const focusIs = (selector) => until(() => page.evaluate((one) => document.activeElement?.matches(one), selector), { what: `the focus is on ${selector}` });
  const tabTo = (selector) => until(async () => {
    if (await page.evaluate((one) => document.activeElement?.matches(one), selector)) return true;
    await keyboard.press('Tab');
    return false;
  }, { what: `Tab leads to ${selector}` });
  await tabTo('#signin-submit');
  await keyboard.press('Enter');
  await page.getByTestId('agent').getByText('1001').waitFor();
  await focusIs('#customers');
  await tabTo('#customer-search');
  await keyboard.type('Lin Kexin');
  await tabTo('.row-open');
  await keyboard.press('Enter');
  await page.getByTestId('record').getByRole('heading', { name: 'Lin Kexin' }).waitFor();
  await focusIs('.row-open');
  await tabTo('.row .tel');
  await keyboard.press('Enter');
  await page.getByTestId('pop').getByText('Lin Kexin').waitFor();
  await tabTo('[data-test=note-text]');
  await keyboard.type('Call back on Friday');
  await tabTo('[data-test=note-save]');
  await keyboard.press('Enter');
  await page.getByTestId('call-entry').getByText('Call back on Friday').waitFor();
});

test('the first link of the page leads past what is the same in every view, and leaves the view', async (t) => {
  const { page } = await inDemo(t, shared, { lang: 'en', hash: '#calls' });
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  assert.equal(await page.getByRole('heading', { name: 'Calls today' }).isVisible(), true);
});

test('documentation and gallery are one press away', async (t) => {
  const page = await openDemo(t, shared, { lang: 'en' });
  assert.equal(await page.getByRole('link', { name: 'Documentation' }).getAttribute('href'), '/docs/');
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.waitForURL('**/gallery/');
});
