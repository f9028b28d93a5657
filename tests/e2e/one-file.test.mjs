import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { OUR_SDK, PKG } from '../lib/paths.mjs';

const SMALL = 2048;
const ENOUGH = 'the script has made its module';

/** The bytes that the script compiles for its first instance, read by `charset`; `beside` is what it finds in the file beside it. */
async function compiled({ charset = 'utf-8', beside } = {}) {
  const text = new TextDecoder(charset).decode(await readFile(OUR_SDK));
  let bytes;
  const page = {
    URL,
    location: { origin: 'http://127.0.0.1' },
    document: { currentScript: { src: 'http://127.0.0.1/agent-toolbar.js' } },
    TextEncoder,
    TextDecoder,
    CustomEvent: class {},
    HTMLElement: class {},
    customElements: { get: () => {}, define() {} },
    WebAssembly: {
      Instance: WebAssembly.Instance,
      Module: class {
        constructor(given) {
          // What puts the wasm together is a small one itself.
          if (given.length < SMALL) return new WebAssembly.Module(given);
          bytes = Buffer.from(given);
          throw new Error(ENOUGH);
        }
      },
    },
    XMLHttpRequest: class {
      open() {}
      overrideMimeType() {}
      send() {
        this.status = beside ? 200 : 404;
        this.responseText = beside?.toString('latin1');
      }
    },
  };
  page.window = page;
  vm.runInNewContext(text, page);
  assert.equal(bytes, undefined, 'nothing is compiled before it is wanted');
  assert.throws(() => page.SoftPhoneSdk.parseMessage(''), { message: ENOUGH });
  return bytes;
}

test('the script holds the very wasm that lies beside it', async () => {
  const wasm = await readFile(join(PKG, 'agent-toolbar.wasm'));
  assert.ok(wasm.equals(await compiled()), 'taken apart and put together again it is the same');
});

test('a script read as another charset takes the wasm from the file', async () => {
  for (const charset of ['latin1', 'gbk', 'big5', 'shift_jis']) {
    const beside = Buffer.from(`\0asm for ${charset}`.padEnd(SMALL));
    assert.ok(beside.equals(await compiled({ charset, beside })), charset);
  }
});
