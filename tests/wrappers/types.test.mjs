import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PKG } from '../lib/paths.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What TypeScript says of a file that uses the package. */
function said(file) {
  const program = ts.createProgram([here(`types/${file}`)], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    types: [],
    paths: {
      'agent-toolbar': [join(PKG, 'index.d.ts')],
      'agent-toolbar/react': [join(PKG, 'react.d.ts')],
      'agent-toolbar/vue': [join(PKG, 'vue.d.ts')],
      // For the package, which stands beside no modules here.
      react: [here('../node_modules/@types/react/index.d.ts')],
      vue: [here('../node_modules/vue/dist/vue.d.ts')],
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file: source, start, messageText }) => {
    const line = source ? `${source.fileName}:${source.getLineAndCharacterOfPosition(start).line + 1} ` : '';
    return line + ts.flattenDiagnosticMessageText(messageText, ' ');
  });
}

for (const [name, file] of [['React', 'react.tsx'], ['Vue', 'vue.ts']]) {
  test(`${name}: what is right compiles, and what is wrong does not`, () => {
    assert.deepEqual(said(file), []);
  });
}
