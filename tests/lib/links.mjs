/** Takes the link away in every way that the toolbar knows, and has `look` look at each. The link does not come back. */
export async function withoutLink(agent, broker, look) {
  const { page } = agent;
  // A link that is neither made nor refused.
  await page.evaluate(() => {
    window.WebSocket = class extends EventTarget {
      static CONNECTING = 0;
      static OPEN = 1;
      static CLOSING = 2;
      static CLOSED = 3;
      readyState = 0;
      close() { this.readyState = 3; this.onclose?.(new CloseEvent('close')); }
      send() {}
    };
  });
  broker.drop();
  const button = agent.toolbar.locator('[data-act=tryNow]');
  await button.waitFor();
  await look('the next try is waited for');
  await page.context().setOffline(true);
  await agent.message.getByText(/没有网络|网络已断开|No network/).waitFor();
  await look('the browser has no network');
  await page.context().setOffline(false);
  await button.evaluate((one) => one.click());
  await button.waitFor({ state: 'detached' });
  await look('a try is under way');
}
