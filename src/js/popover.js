/**
 * Shows a popover in the top layer, under the control that opened it or, where there is no room, above it; its start, or its
 * end, at that of the control, and inside the bar and the window. A press or a focus elsewhere is told as the event `away`.
 */
function placePopover(popover, opener, atEnd) {
  if (!popover.isConnected) return;
  const bar = popover.closest('.at');
  if (popover.showPopover) {
    popover.popover = 'manual';
    popover.showPopover();
  }
  const direction = (one) => getComputedStyle(one).direction;
  // What the page puts in is written as the page is.
  for (const slot of popover.querySelectorAll('slot')) slot.dir = direction(bar.getRootNode().host);
  const place = () => {
    // An opener that is folded, or gone, has no place.
    const [within, at] = [bar, opener.getClientRects().length > 0 ? opener : bar].map((one) => one.getBoundingClientRect());
    const { offsetWidth: width, offsetHeight: height } = popover;
    // Where the top layer is missing it stands in the bar's own box.
    const [x, y] = popover.showPopover ? [0, 0] : [within.left, within.top];
    const atRight = atEnd === (direction(bar) === 'ltr');
    const first = Math.max(within.left, 0) + 8;
    const last = Math.min(within.right, innerWidth) - 8 - width;
    const left = Math.max(first, Math.min(atRight ? at.right - width : at.left, last));
    const below = within.bottom + 6;
    const above = within.top - 6 - height;
    const top = below + height > innerHeight - 8 && above >= 8 ? above : below;
    popover.style.left = `${Math.round(left - x)}px`;
    popover.style.top = `${Math.round(top - y)}px`;
  };
  place();

  const gone = new AbortController();
  const listen = (target, event, run) => target.addEventListener(event, run, { capture: true, signal: gone.signal });
  const elsewhere = (event) => {
    if (!popover.isConnected) return gone.abort();
    const path = event.composedPath();
    if (!path.includes(popover) && !path.includes(opener)) popover.dispatchEvent(new Event('away'));
  };
  listen(window, 'pointerdown', elsewhere);
  listen(window, 'focusin', elsewhere);
  listen(window, 'scroll', (event) => {
    if (!popover.isConnected) gone.abort();
    else if (!event.composedPath().includes(popover)) place();
  });
  listen(window, 'resize', place);
}
