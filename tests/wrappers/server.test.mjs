import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { REACTS, bundle } from '../lib/bundled.mjs';

/** What a server makes of an app, where there is neither window nor document nor the toolbar itself. */
async function drawn(t, script) {
  const folder = await mkdtemp(join(tmpdir(), 'wrappers-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'app.mjs');
  await writeFile(file, script);
  const { html } = await import(pathToFileURL(file));
  assert.deepEqual([typeof window, typeof document, typeof customElements], ['undefined', 'undefined', 'undefined']);
  return html();
}

const attributes = (html) => Object.fromEntries([...html.match(/<agent-toolbar([^>]*)>/)[1].matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));

const servers = Object.entries(REACTS).map(([version, alias]) => [`React ${version}`, { app: 'react-server.mjs', alias }]);

for (const [name, { app, alias }] of [...servers, ['Vue', { app: 'vue-server.mjs' }]]) {
  test(`${name}: a server draws the element with its attributes and what stands in it, and no option`, async (t) => {
    const html = await drawn(t, await bundle(app, { alias, platform: 'node' }));
    assert.deepEqual(attributes(html), { theme: 'dark', lang: 'en', class: 'top', id: 'bar' });
    assert.match(html, /<p slot="customer-card" id="card">Gold customer<\/p><\/agent-toolbar><output>none<\/output>/);
    assert.doesNotMatch(html, /hunter2|cc\.example\.com|\[object/);
  });
}
