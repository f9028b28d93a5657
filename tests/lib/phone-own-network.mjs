import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { end, start } from './child.mjs';

/** Where a browser of the network reaches out from: an address of the documentation's (RFC 5737), which leads nowhere. */
export const ADDRESS = '192.0.2.10';

/** Set in the process that has its own network. */
const INSIDE = 'TESTS_OWN_NETWORK';

/**
 * Runs the tests that `define` defines in a network of their own: the loopback address, one other, and no way out. Everything
 * that they start is in it as well, and it goes when they are over. Only root may make one; without that, or with a `lacking`
 * reason, the tests are skipped aloud.
 */
export function inOwnNetwork(file, define, { lacking } = {}) {
  if (process.env[INSIDE]) {
    define();
    return;
  }
  const why = lacking ?? (process.getuid?.() === 0 ? unable() : 'only root may make a network of its own: run it as root');
  test('in a network of its own', { skip: why }, async (t) => {
    // Without this the inner run takes itself for a part of the outer one and runs nothing.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const child = start('unshare', ['--net', process.execPath, '--test', '--test-reporter=tap', file], {
      env: { ...env, [INSIDE]: ADDRESS },
    });
    t.after(() => end(child));
    await child.ended;
    if (child.exitCode !== 0 || !/^# pass [1-9]/m.test(child.output)) throw new Error(`the tests inside failed:\n${child.output}`);
  });
}

/** Gives the network of this process its two interfaces. */
export function setUpNetwork() {
  ip('link', 'set', 'lo', 'up');
  // The other end is in here too, so that nothing can leave.
  ip('link', 'add', 'inside', 'type', 'veth', 'peer', 'name', 'nowhere');
  ip('addr', 'add', `${ADDRESS}/24`, 'dev', 'inside');
  for (const one of ['inside', 'nowhere']) ip('link', 'set', one, 'up');
}

/** The machine gets another address, as when it changes from one network to another; undefined: it has none any more. */
export function changeAddress(to) {
  ip('addr', 'flush', 'dev', 'inside');
  if (to) ip('addr', 'add', `${to}/24`, 'dev', 'inside');
}

function ip(...args) {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
}

/** Why no network can be made here; false: one can. */
function unable() {
  const { status, stderr } = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  return status === 0 ? false : `a network of its own cannot be made here: ${stderr ?? 'unshare or ip is missing'}`;
}
