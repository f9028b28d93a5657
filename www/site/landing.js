// Leads to the language that the reader chose before, else to the first of the browser's that there is.

const links = [...document.querySelectorAll('a[hreflang]')];
let chosen;
try {
  chosen = localStorage.getItem('docs-language');
} catch {
  // Storage may be refused; the browser's languages do.
}
const base = (tag) => tag.toLowerCase().split('-')[0];
for (const wanted of [chosen, ...navigator.languages].filter(Boolean)) {
  const link = links.find(({ hreflang }) => base(hreflang) === base(wanted));
  if (link) {
    location.replace(link.href);
    break;
  }
}
