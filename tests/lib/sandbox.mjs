import { end, printed, start } from './child.mjs';
import { PKG, SANDBOX_BIN, WWW } from './paths.mjs';

/** Starts the sandbox and waits until it serves. `port` 0 takes a free one; a restart names the old one. */
export async function startSandbox({ port = 0, broker } = {}) {
  const args = ['--listen', `127.0.0.1:${port}`, '--www', WWW, '--pkg', PKG];
  if (broker) args.push('--broker', broker);
  const child = start(SANDBOX_BIN, args);
  const origin = await printed(child, (text) => text.match(/^ready (http:\/\/[^/\s]+)\/$/m)?.[1]);

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
