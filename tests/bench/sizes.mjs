// What a page loads for a toolbar and its phone, and for what the peers do of it: bytes as sent with brotli 11. The peers' modules
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

const [script, part] = await Promise.all(['agent-toolbar.js', 'agent-toolbar-panels.js'].map((name) => readFile(join(PKG, name))));
/** What a page loads before anybody signs in. */
const START = { files: [script], en: 'at the start: toolbar, agent session, STOMP', 'zh-CN': '启动时：工具条、坐席会话、STOMP' };
/** What it has loaded when a call can come. */
const ALL = { files: [script, part], en: 'once signed in: that, panels and SIP phone', 'zh-CN': '登录后：以上各项、面板和 SIP 软电话' };
const SAME = { en: 'all of its own', 'zh-CN': '其全部' };
const SIP = { en: 'SIP alone', 'zh-CN': '只有 SIP' };
const STOMP = { en: 'STOMP alone', 'zh-CN': '只有 STOMP' };
const PEERS = [
  { peer: 'agent-sdk 1.1.65', ours: START, theirs: SAME, bytes: await readFile(ORIGINAL_SDK), goal: 1 },
  { peer: 'agent-sdk 1.1.65', ours: ALL, theirs: SAME, bytes: await readFile(ORIGINAL_SDK) },
  { peer: 'JsSIP 3.13.8', ours: ALL, theirs: SIP, bytes: await bundled("import * as all from 'jssip'; window.all = all;") },
  { peer: 'SIP.js 0.21.2', ours: ALL, theirs: SIP, bytes: await bundled("import * as all from 'sip.js'; window.all = all;") },
  { peer: '@stomp/stompjs 7.5.0', ours: START, theirs: STOMP, bytes: await bundled("import * as all from '@stomp/stompjs'; window.all = all;") },
];
for (const { peer, ours, theirs, bytes, goal } of PEERS) {
  const our = ours.files.reduce((sum, file) => sum + compressed(file), 0);
  const their = compressed(bytes);
  const what = { en: `${ours.en}; the peer: ${theirs.en}`, 'zh-CN': `${ours['zh-CN']}；对方：${theirs['zh-CN']}` };
  tell({ group: 'sizes', what, peer, unit: 'B brotli', ours: our, theirs: their, ratio: their / our, goal });
}
