// The few lines that stand in for a framework. Texts become text nodes, so that what a caller sends is never read as markup.

export const $ = (id) => document.getElementById(id);

/** An element with attributes and children; what is absent, null or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** A button that does something. */
export function button(attributes, act, ...children) {
  const element = make('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', act);
  return element;
}

/** A drawing of `icons.svg`; it says nothing that no word says. */
export function icon(name) {
  const [svg, use] = ['svg', 'use'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `crm/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Puts other children into an element. Whoever had the keyboard's focus in it keeps it, by `data-key`. */
export function redraw(place, ...children) {
  const active = place.contains(document.activeElement) && document.activeElement;
  place.replaceChildren(...children.flat().filter(Boolean));
  if (!active) return;
  const key = active.dataset.key;
  const heir = active.isConnected ? active : key && place.querySelector(`[data-key="${CSS.escape(key)}"]`);
  heir?.focus?.({ preventScroll: true });
}

/** Has a form do something instead of being sent. */
export function onSubmit(form, act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act();
  });
}
