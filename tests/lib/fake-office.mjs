import { logIn } from './agent.mjs';
import { startFakeBroker } from './fake-broker.mjs';

/** As `logIn`, at a fake broker of its own; `says` is what that does otherwise than most. */
export async function logInAtFake(t, { browser }, { says, ...where } = {}) {
  const broker = await startFakeBroker(says);
  t.after(() => broker.stop());
  return { broker, agent: await logIn(t, { browser, sandbox: broker }, where) };
}

/** What the page has sent to a fake broker, without what it sends by itself: each request with its members. */
export const requests = (broker) => broker.frames.filter(({ command }) => command === 'SEND')
  .map(({ body }) => JSON.parse(body)).filter(({ request }) => !['heartbeat', 'groupQueueNum'].includes(request));
