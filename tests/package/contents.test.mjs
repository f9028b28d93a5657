import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { install, pack, run, scratch } from '../lib/packed.mjs';
import { PKG } from '../lib/paths.mjs';

const named = async () => JSON.parse(await readFile(join(PKG, 'package.json'), 'utf8'));

/** Every path that a condition of `exports` leads to. */
const targets = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(targets));

test('what is packed is what the package names, and no map or other file strays in', async (t) => {
  const { files } = await pack(await scratch(t));
  const { files: wanted } = await named();
  // These npm takes along by itself.
  assert.deepEqual(files.sort(), [...wanted, 'LICENSE', 'README.md', 'package.json'].sort());
  assert.ok(!files.some((file) => file.endsWith('.map')), 'maps lie elsewhere');
  for (const file of files.filter((one) => /\.m?js$/.test(one))) {
    assert.doesNotMatch(await readFile(join(PKG, file), 'utf8'), /sourceMappingURL/, `${file} leads to no map`);
  }
});

test('the linters of packages find nothing wrong in it', async (t) => {
  const folder = await install(t, 'tools');
  const { tarball } = await pack(folder);
  const look = (tool, ...args) => run(folder, process.execPath, `node_modules/${tool}`, ...args);
  await look('publint/src/cli.js', tarball, '--strict');
  // It is a package of modules, and two entries are no code with types.
  const about = ['--profile', 'esm-only', '--no-definitely-typed', '--exclude-entrypoints', 'script', 'wasm'];
  await look('@arethetypeswrong/cli/dist/index.js', tarball, ...about);
});

test('a publish would be accepted', async () => {
  // What npm has to say about the package it says here, and nothing is sent.
  const said = JSON.parse(await run(PKG, 'npm', 'publish', '--dry-run', '--json', '--access', 'public'));
  const { name, version } = await named();
  assert.deepEqual([said.name ?? said[name]?.name, said.version ?? said[name]?.version], [name, version]);
});

test('nothing has to be installed with it, every entry leads to a file of it, and every file has an entry or is loaded by one', async () => {
  const { dependencies, peerDependencies = {}, peerDependenciesMeta, exports, files, main, types, customElements } = await named();
  assert.equal(dependencies, undefined);
  for (const peer of Object.keys(peerDependencies)) assert.ok(peerDependenciesMeta?.[peer]?.optional, `${peer} is optional`);
  const entries = [main, types, customElements, ...targets(exports)].filter(Boolean);
  const reached = new Set(entries.map((path) => path.replace('./', '')));
  for (const path of reached) assert.ok(path === 'package.json' || files.includes(path), `${path} is packed`);
  const code = (await Promise.all([...reached].filter((path) => /\.m?js$/.test(path)).map((path) => readFile(join(PKG, path), 'utf8')))).join();
  for (const file of files) assert.ok(reached.has(file) || code.includes(file), `${file} is of use`);
});

test('browsers are told to compile the whole script at once', async () => {
  const script = await readFile(join(PKG, 'agent-toolbar.js'), 'utf8');
  assert.match(script, /^\/\/# allFunctionsCalledOnLoad\n/, 'what makes it smaller has left the hint where it counts, at the top');
});

test('every script has its hash in the package, and the page of the package shows that of the tag', async () => {
  const hashes = JSON.parse(await readFile(join(PKG, 'sri.json'), 'utf8'));
  const { files } = await named();
  assert.deepEqual(Object.keys(hashes).sort(), files.filter((file) => /\.m?js$/.test(file)).sort());
  for (const [file, hash] of Object.entries(hashes)) {
    const digest = createHash('sha384').update(await readFile(join(PKG, file))).digest('base64');
    assert.equal(hash, `sha384-${digest}`, file);
  }
  const readme = await readFile(join(PKG, 'README.md'), 'utf8');
  assert.equal(readme.match(/integrity="([^"]+)"/)[1], hashes['agent-toolbar.js']);
});
