import { end, printed, start } from './child.mjs';
import { PKG, SANDBOX_BIN, WWW } from './paths.mjs';

/**
 * Starts the sandbox and waits until it serves. `port` 0 takes a free one; a restart names the old one. `tls` adds a port
 * for phones that insist on `wss`, with a certificate that nobody trusts; `media` is the address of its sound.
 */
export async function startSandbox({ port = 0, broker, tls = false, media } = {}) {
  const args = ['--listen', `127.0.0.1:${port}`, '--www', WWW, '--pkg', PKG];
  if (broker) args.push('--broker', broker);
  if (tls) args.push('--tls', '127.0.0.1:0');
  if (media) args.push('--media', media);
  const child = start(SANDBOX_BIN, args);
  const address = (word) => printed(child, (text) => text.match(new RegExp(`^${word} (https?://[^/\\s]+)/$`, 'm'))?.[1]);
  const origin = await address('ready');
  const secure = tls ? await address('tls') : undefined;

  async function request(path, init) {
    const response = await fetch(origin + path, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
  const post = (path, body = {}) => request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    origin,
    port: Number(new URL(origin).port),
    url: `${origin.replace('http', 'ws')}/ws`,
    /** Where phones register. */
    sip: `${origin.replace('http', 'ws')}/sip`,
    /** The port where they register over TLS, if there is one. */
    tlsPort: secure && Number(new URL(secure).port),
    state: () => request('/sandbox/state'),
    /** An outside person calls; returns the call's id. */
    callIn: async (call) => (await post('/sandbox/calls', call)).callId,
    /** The outside person of this call hangs up. */
    hangUp: (callId) => post(`/sandbox/calls/${callId}/hangup`),
    /** The outside person of this call presses keys. */
    pressKeys: (callId, keys) => post(`/sandbox/calls/${callId}/keys`, { keys }),
    fault: (kind, more = {}) => post('/sandbox/faults', { kind, ...more }),
    reset: () => post('/sandbox/reset'),
    stop: () => end(child),
  };
}
