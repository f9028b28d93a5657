import { until } from '../lib/until.mjs';

/** What a browser answers for a page that is left while it is asked. */
const LEFT = /navigated or closed|context was destroyed|find (default execution )?context/i;

/**
 * A page whose console nobody reads. Playwright reads the console of every page it knows, and a line written there then costs
 * several times what it costs in an agent's browser. So this page belongs to a browser context that Playwright does not know,
 * and is driven over a session of its own that listens to nothing. `ofProfile`: that context is the browser's profile, whose
 * caches are files in a folder for temporary ones and outlive the page.
 */
export async function openUnwatched(browser, url, { ofProfile = false } = {}) {
  const session = await browser.newBrowserCDPSession();
  const { browserContextId } = ofProfile ? {} : await session.send('Target.createBrowserContext');
  const { targetId } = await session.send('Target.createTarget', { url, browserContextId });
  // Not flat: Playwright would make the answers its own.
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map();
  let last = 0;
  session.on('Target.receivedMessageFromTarget', (received) => {
    if (received.sessionId !== sessionId) return;
    const { id, result, error } = JSON.parse(received.message);
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error) asker?.reject(new Error(error.message));
    else asker?.resolve(result);
  });

  const send = (method, params = {}) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: last, method, params }) }).catch(reject);
  });

  const page = {
    /** Runs a function in the page; what it is given and gives back is JSON. */
    async evaluate(run, ...given) {
      const expression = `(${run})(...${JSON.stringify(given)})`;
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    /** As `evaluate`, for what may be asked again: undefined where the page went to another one instead of answering. */
    async look(run, ...given) {
      try {
        return await page.evaluate(run, ...given);
      } catch (error) {
        if (LEFT.test(error.message)) return undefined;
        throw error;
      }
    },
    /** Throws away what nobody holds any more, so that no one pays for what another left. */
    collectGarbage: () => send('HeapProfiler.collectGarbage'),
    /** Bytes that the page holds once nothing is left that nobody holds: of JavaScript, of the DOM, and what lies behind buffers and wasm. */
    async heldBytes() {
      await page.collectGarbage();
      const { usedSize, embedderHeapUsedSize, backingStorageSize } = await send('Runtime.getHeapUsage');
      return usedSize + embedderHeapUsedSize + backingStorageSize;
    },
    async close() {
      await session.send('Target.closeTarget', { targetId });
      await session.detach();
    },
  };
  await until(() => page.look((address) => document.readyState === 'complete' && location.href === address, url), { what: `${url} is there` });
  return page;
}
