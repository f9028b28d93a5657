// The form to sign in with. The password is read when it is sent, and nothing of the page keeps it.

import { $, onSubmit } from './dom.js';
import { recall, remember } from './memory.js';
import { onSession, session, signIn } from './session.js';
import { onLanguage, word } from './words.js';

const PHONE = 'phone';

/** Wires the form. `more` gives what the page adds to the toolbar. */
export function drawSignIn(more) {
  const form = $('signin-form');
  const { agent, password, type } = form.elements;
  const send = () => {
    remember(PHONE, type.value);
    signIn({ number: agent.value.trim(), password: password.value, type: type.value }, more());
  };
  onSubmit(form, send);
  for (const account of form.querySelectorAll('[data-account]')) {
    account.addEventListener('click', () => {
      agent.value = account.dataset.account;
      password.value = password.defaultValue;
      $('signin-submit').focus();
    });
  }
  const kept = recall(PHONE);
  if ([...type.options].some(({ value }) => value === kept)) type.value = kept;
  onSession(draw);
  onLanguage(draw);
  draw();

  // ?agent= fills the form; ?auto=1 sends it at once.
  const wanted = new URLSearchParams(location.search);
  if (wanted.has('agent')) agent.value = wanted.get('agent');
  if (wanted.get('auto') === '1') send();
}

function draw() {
  const { is, why } = session();
  $('signin-error').hidden = !why;
  $('signin-error').textContent = why ? word(...why) : '';
  $('signin-progress').textContent = is === 'signing' ? word('signingIn') : '';
}
