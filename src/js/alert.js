/**
 * Says that somebody calls while nobody sees the page: in its title, on its badge, and by a notification where the agent allows
 * them. `wanted` gives `false` where the page or the agent wants none of it, `true` where they may be asked for notifications.
 */
function ringAlert(wanted, signal) {
  let ringing;
  let shown;

  const end = () => {
    if (!shown) return;
    const { before, title, notification } = shown;
    shown = undefined;
    // A page that has given itself another title keeps it.
    if (document.title === title) document.title = before;
    notification?.close();
    navigator.clearAppBadge?.().catch(() => {});
  };
  const show = () => {
    if (!ringing || !document.hidden || wanted() === false) return end();
    if (shown) return;
    const { more } = ringing;
    // Not every caller has a number.
    const says = ringing.says || '☎';
    const before = document.title;
    document.title = `${says} – ${before}`;
    // As the document says it: blanks may be put together.
    shown = { before, title: document.title };
    navigator.setAppBadge?.(1).catch(() => {});
    if (globalThis.Notification?.permission !== 'granted') return;
    try {
      const notification = shown.notification = new Notification(says, { body: more, tag: 'agent-toolbar', requireInteraction: true });
      notification.onclick = () => {
        focus();
        notification.close();
      };
    } catch { /* a browser that shows them only from a service worker */ }
  };
  document.addEventListener('visibilitychange', show, { signal });
  signal.addEventListener('abort', end);

  return {
    /** Somebody calls: what is said of it, and what else; without, nobody does any more. */
    rings: (says, more) => {
      ringing = says === undefined ? undefined : { says, more };
      if (!ringing) end();
      show();
    },
    /** The agent has pressed something, so that the browser lets us ask. */
    touched: () => {
      if (wanted() === true && globalThis.Notification?.permission === 'default') Notification.requestPermission().catch(() => {});
    },
  };
}
