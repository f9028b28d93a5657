import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

// What the page on deployment shows of telephone servers is what the tests start them with.

const page = readFile(new URL('../../docs/deployment.md', import.meta.url), 'utf8');

/** The block of the page that has this line. */
const blockWith = async (line) => [...(await page).matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, body]) => body).find((body) => body.includes(line));

const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter((line) => line && !/^[#;]/.test(line));

for (const [server, mark, file] of [
  ['Kamailio', 'event_route[xhttp:request]', '../sip/kamailio.cfg'],
  ['Asterisk', '[phone](!)', '../sip/asterisk/pjsip.conf'],
]) {
  test(`each line for ${server} stands in the configuration that its tests run with`, async () => {
    const block = await blockWith(mark);
    const tried = linesOf(await readFile(new URL(file, import.meta.url), 'utf8'));
    assert.ok(linesOf(block).length > 5, 'there is something to look for');
    assert.deepEqual(linesOf(block).filter((line) => !tried.includes(line)), []);
  });
}
