import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { MAPS, PKG } from '../lib/paths.mjs';

/** What minifying leaves as it is, before and behind the large values that stand in each file. */
const LANDMARKS = {
  'agent-toolbar.js': ['CSSStyleSheet', 'static parseMessage(', 'disconnectedCallback()', 'window.SoftPhoneSdk'],
  'agent-toolbar-inline.mjs': ['import(', 'CSSStyleSheet', 'static parseMessage(', 'disconnectedCallback()'],
  'agent-toolbar.mjs': ['compileStreaming(', 'CSSStyleSheet', 'static parseMessage(', 'disconnectedCallback()'],
  'agent-toolbar-panels.js': ['createObjectURL(', 'wallSay:', '.take('],
  'agent-toolbar-panels.mjs': ['createObjectURL(', 'wallSay:'],
};

for (const [file, landmarks] of Object.entries(LANDMARKS)) {
  test(`every place of ${file} leads back to where it was written`, async () => {
    const text = await readFile(join(PKG, file), 'utf8');
    const payload = JSON.parse(await readFile(join(MAPS, `${file}.map`), 'utf8'));
    const map = new SourceMap(payload);
    const sources = payload.sourcesContent[0].split('\n');
    for (const landmark of landmarks) {
      const at = text.indexOf(landmark);
      assert.ok(at >= 0, `${landmark} is there`);
      const lines = text.slice(0, at).split('\n');
      const { originalLine } = map.findEntry(lines.length - 1, lines.at(-1).length);
      assert.ok(sources[originalLine].includes(landmark), `${landmark} is not in: ${sources[originalLine]}`);
    }
  });
}

/** How many functions a wasm has of its own, as the section with their types says. */
function ownFunctions(bytes) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (;;) {
    const section = bytes[at++];
    const length = number();
    if (section === 3) return number();
    at += length;
  }
}

test('every function of a wasm has its name beside the maps', async () => {
  const names = (await readdir(MAPS)).filter((file) => file.endsWith('.names'));
  assert.deepEqual(names.sort(), ['agent-toolbar-panels.wasm.names', 'agent-toolbar.wasm.names']);
  for (const file of names) {
    const lines = (await readFile(join(MAPS, file), 'utf8')).trim().split('\n');
    const bytes = await readFile(join(PKG, file.replace('.names', '')));
    const imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === 'function');
    assert.equal(lines.length, imported.length + ownFunctions(bytes), file);
    lines.forEach((line, place) => assert.ok(line.startsWith(`${place}:`), `${file}: ${line}`));
    assert.ok(lines.some((line) => line.includes('agent_toolbar')), 'by the names of the sources');
  }
});
