import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { until } from './until.mjs';

const running = new Set();

// A test run that is stopped must not leave servers behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Starts a program; what it prints is kept in `child.output` for messages about its failure. */
export function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => { child.output += text; });
  }
  running.add(child);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => { child.output += error.message; resolve(); });
    child.once('exit', resolve);
  }).finally(() => { running.delete(child); child.gone = true; });
  return child;
}

/** Ends a program that `start` started and waits until it is gone. */
export async function end(child) {
  if (child.gone) return;
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await child.ended;
  clearTimeout(last);
}

/** Waits until `found` returns something for what the program has printed; fails at once when it ends before. */
export function printed(child, found) {
  return until(async () => {
    const value = await found(child.output);
    if (!value && child.gone) throw new Error(`${child.spawnfile} ended early:\n${child.output}`);
    return value;
  }, { what: `${child.spawnfile} is ready`, bound: 60_000 });
}

/** True when something accepts TCP connections on this port of the loopback address. */
export function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

/** Ports that were free a moment ago, for programs that cannot choose one themselves. All are held open until the last is known, so none comes twice. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  return ports;
}
