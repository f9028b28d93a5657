import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pack, run, scratch } from '../lib/packed.mjs';

/** What a program prints that is run in a folder where the package is installed. */
let prints;

before(async (t) => {
  const folder = await scratch(t);
  const { tarball } = await pack(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await run(folder, 'npm', 'install', '--no-save', tarball);
  prints = async (code) => {
    await writeFile(join(folder, 'program.mjs'), code);
    return JSON.parse(await run(folder, process.execPath, 'program.mjs'));
  };
});

for (const entry of ['agent-toolbar', 'agent-toolbar/element', 'agent-toolbar/stream']) {
  test(`a server imports ${entry} without a page, the network, or a wasm`, async () => {
    const said = await prints(`
      const used = [];
      for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'Worker', 'navigator', 'localStorage', 'sessionStorage']) {
        Object.defineProperty(globalThis, name, { configurable: true, get: () => { used.push(name); } });
      }
      for (const name of ['Module', 'Instance', 'compile', 'instantiate', 'compileStreaming']) {
        WebAssembly[name] = function () { used.push(name); };
      }
      const found = await import(${JSON.stringify(entry)});
      console.log(JSON.stringify({ used, names: Object.keys(found), page: typeof window + typeof document + typeof HTMLElement }));
    `);
    assert.deepEqual(said, {
      used: [],
      names: ['AgentSdk', 'AgentSdkError', 'AgentToolbarElement', 'SoftPhoneSdk', 'default'],
      page: 'undefined'.repeat(3),
    });
  });
}

test('all ways into the package lead to the same classes, and the addresses of its files are found', async () => {
  const { same, files } = await prints(`
    const [one, other] = await Promise.all([import('agent-toolbar'), import('agent-toolbar/element')]);
    const files = ['script', 'wasm', 'sri.json', 'package.json'].map((name) => import.meta.resolve('agent-toolbar/' + name).split('/').pop());
    console.log(JSON.stringify({ same: one.AgentToolbarElement === other.AgentToolbarElement, files }));
  `);
  assert.ok(same);
  assert.deepEqual(files, ['agent-toolbar.js', 'agent-toolbar.wasm', 'sri.json', 'package.json']);
});
