// Before anything is drawn: the colours that the reader has chosen. Without a choice the system's hold.
(() => {
  try {
    const chosen = localStorage.getItem('docs-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be refused; the system's colours do.
  }
})();
