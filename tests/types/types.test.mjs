import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PKG } from '../lib/paths.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** As strict as a page may be, with the descriptions of packages checked as well. */
const STRICT = {
  strict: true, noEmit: true, skipLibCheck: false, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [],
};
/** How pages find a package. */
const WAYS = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
};

/** A page's project, in which the package is installed. */
let project;
before(async () => {
  project = await mkdtemp(join(tmpdir(), 'agent-toolbar-types-'));
  const installed = join(project, 'node_modules/agent-toolbar');
  await mkdir(installed, { recursive: true });
  for (const file of await readdir(PKG)) {
    if (/\.d\.ts$|^package\.json$/.test(file)) await cp(join(PKG, file), join(installed, file));
  }
  for (const folder of ['right', 'wrong', 'page']) await cp(join(HERE, folder), join(project, folder), { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
});
after(() => rm(project, { recursive: true }));

/** Files that were read already: those of the language are large. */
const read = new Map();

/** What TypeScript says of these files, as `file:line TScode: text`. */
function said(files, options, change = (text) => text) {
  const all = { ...STRICT, ...options };
  const host = ts.createCompilerHost(all);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) => {
    if (files.includes(name)) return ts.createSourceFile(name, change(ts.sys.readFile(name)), version, true);
    const key = `${name} ${JSON.stringify(version)}`;
    if (!read.has(key)) read.set(key, getSourceFile(name, version, ...rest));
    return read.get(key);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram(files, all, host)).map(({ file, start, code, messageText }) => {
    const line = file ? `${file.fileName.slice(project.length + 1)}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : '';
    return `${line}TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

const sources = async (folder) => (await readdir(join(HERE, folder))).map((file) => join(project, folder, file));

/** Where a file expects an error: `file:line TScode`. */
async function expected(file) {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, at) => {
    if (!line.includes('@ts-expect-error')) return [];
    const [, code, why] = line.match(/^\/\/ @ts-expect-error (TS\d+): (\S.*)$/) ?? [];
    assert.ok(why, `${file}:${at + 1} says which error is expected, and why`);
    return [`${file.slice(project.length + 1)}:${at + 2} ${code}`];
  });
}

const place = (line) => line.split(':').slice(0, 2).join(':');

/** Each wrong use is an error, and the one that it should be. */
async function allWrong(files, options, least) {
  assert.deepEqual(said(files, options), [], 'what is expected comes');
  const wanted = (await Promise.all(files.map(expected))).flat().sort();
  assert.ok(wanted.length >= least, `${wanted.length} wrong uses`);
  const errors = said(files, options, (text) => text.replaceAll('@ts-expect-error', 'wrong'));
  assert.deepEqual([...new Set(errors.map(place))].sort(), wanted, errors.join('\n'));
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`right use compiles, with modules found as ${way}`, async () => {
    const files = await sources('right');
    assert.ok(files.length >= 5);
    assert.deepEqual(said(files, options), []);
  });

  test(`wrong use is an error, with modules found as ${way}`, async () => {
    await allWrong(await sources('wrong'), options, 50);
  });
}

test('a page with the script by a tag has its two names, and no more', async () => {
  const page = (file) => [join(project, 'page', file)];
  assert.deepEqual(said(page('right.ts'), WAYS.bundler), []);
  await allWrong(page('wrong.ts'), WAYS.bundler, 4);
});

test('who imports the module is not told of names that only the script leaves', () => {
  const file = join(project, 'right', 'bare.ts');
  const errors = said([file], WAYS.bundler, () => "import 'agent-toolbar';\nnew AgentSdk();\n");
  assert.deepEqual(errors.map(place), ['right/bare.ts:2 TS2304']);
});

test('the types stand by themselves, in every way that a language version may read them', () => {
  const types = ['index.d.ts', 'agent-toolbar.d.ts'].map((file) => join(project, 'node_modules/agent-toolbar', file));
  for (const options of Object.values(WAYS)) {
    assert.deepEqual(said(types, options), []);
    assert.deepEqual(said(types, { ...options, isolatedModules: true, verbatimModuleSyntax: true, erasableSyntaxOnly: true }), []);
  }
});

/** The nodes of a syntax tree. */
function* nodes(node) {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

test('nothing is `any`', async () => {
  for (const file of ['index.d.ts', 'agent-toolbar.d.ts']) {
    const source = ts.createSourceFile(file, await readFile(join(PKG, file), 'utf8'), ts.ScriptTarget.ES2022, true);
    const all = [...nodes(source)];
    const found = all.filter((node) => node.kind === ts.SyntaxKind.AnyKeyword).map((node) => node.parent.getText());
    assert.ok(all.length > 50, file);
    assert.deepEqual(found, [], file);
  }
});
