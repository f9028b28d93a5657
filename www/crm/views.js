// Which part of the page is in sight: the address says it after `#`, so that back and forward work.

import { $ } from './dom.js';
import { onSession, session } from './session.js';
import { showFloor } from './supervisor.js';

const VIEWS = ['customers', 'calls', 'floor'];

/** The view in sight. */
export const view = () => (VIEWS.includes(location.hash.slice(1)) ? location.hash.slice(1) : VIEWS[0]);

/** Shows a view. */
export function show(name) {
  location.hash = name;
  draw();
}

/** Keeps the right one in sight. */
export function drawViews() {
  addEventListener('hashchange', draw);
  // What follows `#` is a view's name, so this link may not lead there by its address.
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    $('main').focus();
  });
  onSession(draw);
  draw();
}

function draw() {
  const signedIn = session().is === 'in';
  const before = document.activeElement;
  $('signin').hidden = signedIn;
  $('nav').hidden = !signedIn;
  $('views').hidden = !signedIn;
  for (const name of VIEWS) {
    const here = name === view();
    $(name).hidden = !here;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  showFloor(signedIn && view() === 'floor');
  // What had the keyboard's focus may be out of sight now: it goes on at the start of what is there instead.
  if (before !== document.body && before?.getClientRects().length === 0) {
    (signedIn ? $(view()) : $('signin-form').elements.agent).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}
