import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ORIGINALS } from '../lib/original.mjs';
import { office } from './office.mjs';
import { asking } from './scenes/asking.mjs';
import { browserPhone } from './scenes/browser-phone.mjs';
import { callingOut } from './scenes/calling-out.mjs';
import { consulting } from './scenes/consulting.mjs';
import { inbound } from './scenes/inbound.mjs';
import { link } from './scenes/link.mjs';
import { readyStates } from './scenes/ready-states.mjs';
import { supervising } from './scenes/supervising.mjs';
import { throwing } from './scenes/throwing.mjs';
import { toolbar } from './scenes/toolbar.mjs';
import { transferring } from './scenes/transferring.mjs';

/** What the original has for its own use only. */
const INTERNAL = [
  'bindDocumentEvent', 'documentBeforeunload', 'documentVisibilitychange', 'executeUI', 'initSIM', 'newConnect',
  'sendHeartbead', 'startHeartbeat', 'stopHeartbead', 'surveillanceLoop',
];

for (const version of Object.keys(ORIGINALS)) {
  describe(`agent-sdk ${version}`, () => {
    const staff = office(version);
    for (const scenes of [
      readyStates, callingOut, inbound, transferring, consulting, supervising, asking, toolbar, link, browserPhone, throwing,
    ]) scenes(staff);

    test('no method was left out', async () => {
      const methods = await staff.people.agent.page.evaluate(() => {
        const names = [...Object.getOwnPropertyNames(sdk), ...Object.getOwnPropertyNames(Object.getPrototypeOf(sdk))];
        return names.filter((name) => name !== 'constructor' && typeof sdk[name] === 'function');
      });
      assert.ok(methods.length >= 50, `methods: ${methods}`);
      assert.deepEqual(methods.filter((name) => !staff.used.has(name) && !INTERNAL.includes(name)), []);
    });
  });
}
