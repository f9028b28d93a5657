import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `condition` gives something truthy and returns it. The bound only ends a test that hangs;
 * it is generous because a busy machine is slow, and nothing is concluded from how long it took.
 */
export async function until(condition, { what = String(condition), bound = 60_000 } = {}) {
  const end = Date.now() + bound;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`did not happen: ${what}`);
    await pause(25);
  }
}
