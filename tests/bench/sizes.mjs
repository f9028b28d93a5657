// What a page loads for a toolbar with a phone, and for what the peers do of it: bytes as sent with brotli 11. The peers' modules
// are bundled and made small by esbuild, as a page that uses them would have them.
//
//   node sizes.mjs
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { ORIGINAL_SDK, PKG } from '../lib/paths.mjs';
import { tell } from './told.mjs';

const compressed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

async function bundled(contents) {
  const { outputFiles: [{ contents: bytes }] } = await build({
    stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, format: 'iife', minify: true, write: false, platform: 'browser',
  });
  return bytes;
}

const ours = await readFile(join(PKG, 'agent-toolbar.js'));
const toolbarAndPhone = { en: 'script tag file: toolbar, agent session, STOMP and SIP phone', 'zh-CN': 'script 标签文件：工具条、坐席会话、STOMP、SIP 软电话' };
const PEERS = [
  { peer: 'agent-sdk 1.1.65', what: { en: `${toolbarAndPhone.en}; the peer: the same`, 'zh-CN': `${toolbarAndPhone['zh-CN']}；对方：相同` }, bytes: await readFile(ORIGINAL_SDK), goal: 1 },
  { peer: 'JsSIP 3.13.8', what: { en: `${toolbarAndPhone.en}; the peer: SIP alone`, 'zh-CN': `${toolbarAndPhone['zh-CN']}；对方：只有 SIP` }, bytes: await bundled("import * as all from 'jssip'; window.all = all;") },
  { peer: 'SIP.js 0.21.2', what: { en: `${toolbarAndPhone.en}; the peer: SIP alone`, 'zh-CN': `${toolbarAndPhone['zh-CN']}；对方：只有 SIP` }, bytes: await bundled("import * as all from 'sip.js'; window.all = all;") },
  { peer: '@stomp/stompjs 7.5.0', what: { en: `${toolbarAndPhone.en}; the peer: STOMP alone`, 'zh-CN': `${toolbarAndPhone['zh-CN']}；对方：只有 STOMP` }, bytes: await bundled("import * as all from '@stomp/stompjs'; window.all = all;") },
];
for (const { peer, what, bytes, goal } of PEERS) {
  const [our, their] = [compressed(ours), compressed(bytes)];
  tell({ group: 'sizes', what, peer, unit: 'B brotli', ours: our, theirs: their, ratio: their / our, goal });
}
