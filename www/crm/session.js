// The agent's session: one SDK for the life of the page, started anew with each sign-in.

import { language, onLanguage } from './words.js';
import { maskAll } from './numbers.js';

/** Undefined where its script is missing. Listeners stay whoever signs in. */
export const sdk = typeof window.AgentSdk === 'function' ? new window.AgentSdk() : undefined;
// At hand in the browser's console.
window.sdk = sdk;

const state = { is: 'out', agent: '', why: null };
const listeners = [];

/** Whether somebody is signed in: `out`, `signing` while the answer is awaited, `in`; who; and why not, as a word and its values. */
export const session = () => state;
export const agent = () => state.agent;
export const isSupervisor = () => state.is === 'in' && sdk.snapshot()?.agent.supervisor === true;

/** Told whenever that changes. */
export const onSession = (listener) => listeners.push(listener);

function become(is, why = null) {
  Object.assign(state, { is, why });
  listeners.forEach((listener) => listener(state));
}

/** Where the platform is: the sandbox serves its socket beside the page. */
const address = () => `${location.protocol.replace('http', 'ws')}//${location.host}/ws`;

/**
 * Signs in; `more` is what the page adds to the toolbar. The password goes to the SDK and nowhere else: nothing of the page
 * keeps it.
 */
export function signIn({ number, password, type }, more) {
  if (!sdk) return become('out', ['noToolbar']);
  state.agent = number;
  become('signing');
  try {
    sdk.init({
      url: address(),
      host: '/',
      connectAccount: 'demo',
      connectPassword: 'demo',
      subscribePath: '/topic',
      companyShortName: 'demo',
      agentNumber: number,
      agentPassword: password,
      loginType: Number(type),
      el: '#toolbar',
      lang: language(),
      ...more,
    });
  } catch (error) {
    become('out', ['refused', maskAll(error.message)]);
  }
  return undefined;
}

/** Follows what the platform says of the session; `told` is given what else goes wrong. */
export function follow(told) {
  if (!sdk) return;
  // A kick may be followed by a logout: the first reason is the one that tells most.
  const out = (why) => state.is !== 'out' && become('out', why);
  sdk.on('Login', () => become('in'));
  sdk.on('Reconnect', () => become('in'));
  sdk.on('Kick', () => out(['kicked', state.agent]));
  sdk.on('Logout', () => out(['signedOut']));
  sdk.on('Error', () => state.is === 'signing' && become('signing', ['noLink']));
  sdk.on('Exception', (error) => {
    // With a link, and without a call, who is not logged in was refused. In a call the record stays in sight.
    const refused = state.is === 'in' && !sdk.snapshot()?.call && sdk.isConnected() && !sdk.isLogin();
    // What the platform says of a refusal is Chinese.
    const why = error.code === 'REFUSED' && language() !== 'zh' ? ['refusedPlain'] : ['refused', maskAll(error.message)];
    if (state.is === 'signing' || refused) out(why);
    else if (state.is === 'in') told(error);
  });
  onLanguage((lang) => sdk.setLang(lang));
}
