// What a page does beside being read: colours, the way to the other language, contents that follow, copying, search.

import { search } from './search.js';

/** Remembers a choice for later pages; where storage is refused it holds for this one. */
function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Nothing to do: the page has been changed already.
  }
}

function darkSwitch() {
  const root = document.documentElement;
  const button = document.querySelector('button.dark');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const tell = () => button.setAttribute('aria-pressed', isDark());
  button.addEventListener('click', () => {
    const dark = !isDark();
    // What the system wants anyway is no choice: it may follow the system again.
    if (dark === system.matches) delete root.dataset.theme;
    else root.dataset.theme = dark ? 'dark' : 'light';
    remember('docs-theme', root.dataset.theme);
    tell();
  });
  system.addEventListener('change', tell);
  tell();
  button.hidden = false;
}

/** The section that is read: the last whose heading has passed the top, or, at the end of the page, the one that was asked for. */
function follow() {
  const links = new Map([...document.querySelectorAll('nav.contents a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...document.querySelectorAll('article :is(h2, h3)[id]')];
  const languages = [...document.querySelectorAll('nav.languages a')];
  let current;
  const look = () => {
    const top = (heading) => heading.getBoundingClientRect().top;
    let passed = headings.filter((heading) => top(heading) < 120).at(-1);
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) {
      // What is below it cannot come to the top.
      const asked = headings.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
      if (asked && top(asked) >= 0) passed = asked;
    }
    if (passed === current) return;
    links.get(current?.id)?.removeAttribute('aria-current');
    current = passed;
    const link = links.get(current?.id);
    link?.setAttribute('aria-current', 'true');
    // Long contents are scrolled to it, and the page is not.
    const box = link?.closest('nav');
    if (box && (link.offsetTop < box.scrollTop || link.offsetTop + link.offsetHeight > box.scrollTop + box.clientHeight)) {
      box.scrollTop = link.offsetTop - box.clientHeight / 2;
    }
    // The same section in the other language: ids are the same in all.
    for (const one of languages) one.hash = current ? encodeURIComponent(current.id) : '';
  };
  addEventListener('scroll', look, { passive: true });
  addEventListener('hashchange', look);
  look();
  for (const one of languages) one.addEventListener('click', () => remember('docs-language', one.hreflang));
}

/** What is scrolled sideways can be reached by the keyboard. */
function scrollable() {
  const boxes = document.querySelectorAll('article :is(pre, .table)');
  const look = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  };
  addEventListener('resize', look);
  look();
}

function copying() {
  // Only a secure page may write to the clipboard.
  if (!navigator.clipboard) return;
  const { copy, copied } = document.querySelector('main').dataset;
  for (const code of document.querySelectorAll('article pre > code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = copied;
      button.addEventListener('blur', () => { button.textContent = copy; }, { once: true });
    });
    const pre = code.parentElement;
    const box = document.createElement('div');
    box.className = 'code';
    pre.replaceWith(box);
    box.append(pre, button);
  }
}

/** A place that was chosen in a menu that lies over the page is what is to be seen next. */
function closing() {
  for (const menu of document.querySelectorAll('nav[popover]')) {
    menu.addEventListener('click', ({ target }) => {
      if (target.closest('a') && menu.matches(':popover-open')) menu.hidePopover();
    });
  }
}

darkSwitch();
copying();
follow();
scrollable();
if (HTMLElement.prototype.hidePopover) closing();
search(document.querySelector('form.search'));
