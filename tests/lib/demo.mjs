import { Agent } from './agent.mjs';
import { newProfile, newTab } from './browser.mjs';
import { until } from './until.mjs';

/** The state that the sandbox has for this agent. */
export const stateOf = async ({ sandbox }, number) => (await sandbox.state()).agents.find(({ agentNumber }) => agentNumber === number)?.nowState;

/** The demo page, with its sign-in form in sight. */
export async function openDemo(t, shared, { lang = 'zh', scheme = 'light', width = 1680, height = 900, profile, hash = '', allow } = {}) {
  const page = await newTab(t, profile ?? await newProfile(t, shared.browser), { allow });
  await page.setViewportSize({ width, height });
  // What is fading in has no colour of its own yet.
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.goto(`${shared.sandbox.origin}/?lang=${lang}${hash}`);
  await page.getByTestId('signin-submit').waitFor();
  return page;
}

/** Signs in by the form of a page that is open; `phone` is a `loginType`. */
export async function signIn(page, number = '1001', phone = '1') {
  await page.getByTestId('signin-type').selectOption(phone);
  await page.getByTestId('signin-agent').fill(number);
  await page.getByTestId('signin-submit').click();
  await page.getByTestId('agent').getByText(number).waitFor();
  if (phone === '3') await until(() => page.evaluate(() => sdk.isRegistered()), { what: 'the phone is registered' });
  return new Agent(page);
}

/** The demo page with an agent signed in by its form. */
export const inDemo = async (t, shared, { number, phone, ...where } = {}) => signIn(await openDemo(t, shared, where), number, phone);

/** As `inDemo`, and made ready by the toolbar. */
export async function readyInDemo(t, shared, { number = '1001', ...where } = {}) {
  const agent = await inDemo(t, shared, { number, ...where });
  await makeReady(shared, agent, number);
  return agent;
}

/** Makes an agent ready by the toolbar. */
export async function makeReady(shared, agent, number = '1001') {
  const isReady = async () => await stateOf(shared, number) === 'Idle';
  const ready = agent.toolbar.getByRole('menuitemradio').first();
  // A menu closes when the controls change, such as once the phone is registered: then it is opened anew.
  await until(async () => {
    await agent.press(agent.chip, () => ready.isVisible());
    await ready.click({ timeout: 2000 }).catch(() => {});
    return until(isReady, { bound: 3000 }).catch(() => false);
  }, { what: `agent ${number} is ready` });
}

/** The row of a customer in the list. */
export const rowOf = (page, name) => page.getByTestId('customer-row').filter({ hasText: name });

/** Opens the presenter's drawer. */
export async function openDrawer(page) {
  if (!await page.getByTestId('sandbox-ring').isVisible()) await page.getByTestId('sandbox-toggle').click();
  await page.getByTestId('sandbox-ring').waitFor();
}
