// Search in titles, headings and text of the page's language. All of it is read once, when somebody first searches.

/** How many results are shown. */
const MOST = 30;
/** How much of a text is shown before the place that was found. */
const BEFORE = 28;
const LENGTH = 110;

const plain = (text) => text.normalize('NFKC').toLowerCase();

/** The sections that hold every word, best first. `pages` is what the build wrote. */
export function find(pages, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const [address, title, sections] of pages) {
    for (const [index, [id, heading, text]] of sections.entries()) {
      const parts = { title: plain(title), heading: plain(heading), text: plain(text) };
      let score = 0;
      for (const word of words) {
        const worth = (parts.heading === word ? 16 : 0)
          + (parts.heading.includes(word) ? 8 : 0)
          // A page's title is worth most where the page begins.
          + (parts.title.includes(word) ? (index ? 1 : 8) : 0)
          + (parts.text.includes(word) ? 2 : 0);
        // A word in the title alone is in every section of the page: one of them is enough.
        if (!worth || (worth === 1 && index)) {
          score = 0;
          break;
        }
        score += worth;
      }
      if (score) found.push({ score, href: index ? `${address}#${encodeURIComponent(id)}` : address, title, heading, text, words });
    }
  }
  return found.sort((one, other) => other.score - one.score).slice(0, MOST);
}

/** A text with what was found in it marked. */
function marked(text, words) {
  const out = document.createDocumentFragment();
  const low = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = words.map((word) => ({ word, from: low.indexOf(word, at) }))
      .filter(({ from }) => from >= 0)
      .sort((one, other) => one.from - other.from || other.word.length - one.word.length)[0];
    if (!next) break;
    out.append(text.slice(at, next.from));
    const mark = document.createElement('mark');
    mark.textContent = text.slice(next.from, next.from + next.word.length);
    out.append(mark);
    at = next.from + next.word.length;
  }
  out.append(text.slice(at));
  return out;
}

/** The piece of a text round what was found. */
function piece(text, words) {
  const low = text.toLowerCase();
  const first = Math.min(...words.map((word) => low.indexOf(word)).filter((at) => at >= 0), text.length);
  const from = first === text.length ? 0 : Math.max(0, first - BEFORE);
  return `${from ? '…' : ''}${text.slice(from, from + LENGTH)}${from + LENGTH < text.length ? '…' : ''}`;
}

function row({ href, title, heading, text, words }, base) {
  const link = document.createElement('a');
  link.href = new URL(href, base);
  const head = document.createElement('b');
  head.append(marked(heading || title, words));
  const place = document.createElement('span');
  place.className = 'place';
  place.textContent = heading && heading !== title ? title : '';
  const excerpt = document.createElement('span');
  excerpt.append(marked(piece(text, words), words));
  link.append(head, place, excerpt);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** Gives life to the search of a page. */
export function search(form) {
  const input = form.querySelector('input');
  const results = form.querySelector('.results');
  const list = form.querySelector('ol');
  const status = form.querySelector('[role=status]');
  const base = new URL(form.dataset.index, location.href);
  let pages;
  // The last question counts, whichever answer comes last.
  let asked = 0;

  const read = () => {
    pages ??= fetch(base).then((response) => {
      if (!response.ok) throw new Error(`${base}: ${response.status}`);
      return response.json();
    }).catch((error) => {
      pages = undefined;
      throw error;
    });
    return pages;
  };

  async function look() {
    asked += 1;
    const mine = asked;
    const query = input.value.trim();
    results.hidden = !query;
    if (!query) return;
    let found;
    try {
      found = find(await read(), query);
    } catch (error) {
      status.textContent = error.message;
      return;
    }
    if (mine !== asked) return;
    list.replaceChildren(...found.map((one) => row(one, base)));
    status.textContent = found.length ? form.dataset.found.replace('{}', found.length) : form.dataset.none;
  }

  const close = () => { results.hidden = true; };
  const links = () => [...list.querySelectorAll('a')];

  input.addEventListener('focus', () => { read().catch(() => {}); if (input.value.trim()) look(); });
  input.addEventListener('input', (event) => { if (!event.isComposing) look(); });
  input.addEventListener('compositionend', look);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  form.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const all = [input, ...links()];
    const at = all.indexOf(document.activeElement);
    if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') all[Math.max(at - 1, 0)]?.focus();
    else if (event.key === 'Escape' && !results.hidden) {
      input.focus();
      close();
    } else return;
    event.preventDefault();
  });
  // A result in the page that is open leads to a place in it, and no other page takes the list away.
  list.addEventListener('click', close);
  document.addEventListener('click', ({ target }) => { if (!form.contains(target)) close(); });
  form.addEventListener('focusout', ({ relatedTarget }) => { if (relatedTarget && !form.contains(relatedTarget)) close(); });
  addEventListener('keydown', (event) => {
    if (event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      input.select();
    }
  });
  form.hidden = false;
}
