/**
 * Keeps from now on in `said`, in the page, what a screen reader would read out of the toolbar by itself: an alert that comes,
 * and every region that listens, whenever something in it is written anew. What is hidden from it is left out.
 */
export const listen = (agent) => agent.page.evaluate(() => {
  window.said = [];
  const LIVE = '[aria-live=polite], [aria-live=assertive], [role=alert], [role=status]';
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('[aria-hidden=true], [hidden], [role=timer]')) return '';
    return [...node.childNodes].map(read).join(' ');
  };
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const { target, addedNodes, type } of changes) {
      // What is only taken away is not read.
      if (type === 'childList' && !addedNodes.length) continue;
      const at = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      // A part of a region that is hidden from readers says nothing.
      if (!at?.closest('[aria-hidden=true], [role=timer]')) regions.add(at?.closest(LIVE));
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        for (const one of [node, ...node.querySelectorAll('[role=alert]')]) if (one.matches('[role=alert]')) regions.add(one);
      }
    }
    for (const region of regions) {
      const text = region?.isConnected ? read(region).replace(/\s+/g, ' ').trim() : '';
      if (text) said.push(text);
    }
  }).observe(document.querySelector('agent-toolbar').shadowRoot, { childList: true, subtree: true, characterData: true });
});

/** What was read out so far. */
export const said = (agent) => agent.page.evaluate(() => said);
