// From the script tag to the library's main object, made and ready to connect, in a fresh renderer whose disk cache has the script:
// ours, whose wasm is compiled on the way, and the libraries that do a part of it. Nothing is drawn and nothing is connected.
//
//   node load.mjs [ROUNDS]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../lib/browser.mjs';
import { ORIGINAL_DIST, ORIGINAL_SDK, PKG } from '../lib/paths.mjs';
import { serve } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';
import { median, tell } from './told.mjs';
import { openUnwatched } from './unwatched-page.mjs';

const ROUNDS = Number(process.argv[2] ?? 15);
// A browser keeps a script's code when it has run twice, and then has to use it once.
const WARM_UP = 4;

const AGENT = `{
  url: 'ws://localhost/ws', host: '/', connectAccount: 'guest', connectPassword: 'guest', subscribePath: '/topic',
  companyShortName: 'demo', agentNumber: '1001', agentPassword: '123456', loginType: 1,
}`;
/** `ready`: what a page does once the script has run. */
const SIDES = {
  ours: { ready: `new AgentSdk(${AGENT})` },
  original: { name: 'agent-sdk 1.1.65', src: ORIGINAL_SDK.replace(ORIGINAL_DIST, '/original/'), ready: `new AgentSdk(${AGENT})` },
  stompjs: {
    name: '@stomp/stompjs 7.5.0', module: "export { Client } from '@stomp/stompjs'", ready: "new library.Client({ brokerURL: 'ws://localhost/ws' })",
  },
  jssip: {
    name: 'JsSIP 3.13.8', module: "export { UA, WebSocketInterface } from 'jssip'",
    ready: "new library.UA({ sockets: [new library.WebSocketInterface('ws://localhost/sip')], uri: 'sip:21001@localhost', password: 'x' })",
  },
  sipjs: {
    name: 'SIP.js 0.21.2', module: "export { UserAgent } from 'sip.js'",
    ready: "new library.UserAgent({ uri: library.UserAgent.makeURI('sip:21001@localhost'), transportOptions: { server: 'ws://localhost/sip' }, logBuiltinEnabled: false })",
  },
};

const pages = await mkdtemp(join(tmpdir(), 'load-bench-'));
for (const [side, { module, src, ready }] of Object.entries(SIDES)) {
  if (module) {
    await build({
      stdin: { contents: module, resolveDir: import.meta.dirname },
      bundle: true, format: 'iife', globalName: 'library', minify: true, platform: 'browser', outfile: join(pages, `${side}.js`),
    });
  }
  const address = src ?? (module ? `/pages/${side}.js` : '/pkg/agent-toolbar.js');
  await writeFile(join(pages, `${side}.html`), `<!doctype html>
<meta charset="utf-8">
<title>Bench of loading</title>
<script src="/bench/fake-socket.js"></script>
<script>const began = performance.now();</script>
<script src="${address}" charset="utf-8"></script>
<script>
  const made = ${ready};
  window.took = made && performance.now() - began;
</script>
`);
}
const site = await serve({
  '/pkg/': PKG,
  '/bench/': join(import.meta.dirname, '/'),
  '/original/': ORIGINAL_DIST,
  '/pages/': join(pages, '/'),
}, { headers: () => ({ 'cache-control': 'max-age=86400' }) });
const browser = await launch();
try {
  const names = Object.keys(SIDES);
  const took = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    // Another begins with every round, so nobody always follows the same.
    for (let turn = 0; turn < names.length; turn += 1) {
      const side = names[(round + turn) % names.length];
      const page = await openUnwatched(browser, `${site.origin}/pages/${side}.html`, { ofProfile: true });
      const milliseconds = await until(() => page.evaluate(() => window.took), { what: `${side} is ready` });
      await page.close();
      if (round >= WARM_UP) took[side].push(milliseconds);
    }
  }
  for (const [side, { name }] of Object.entries(SIDES)) {
    if (side === 'ours') continue;
    tell({
      group: 'start',
      what: { en: 'script tag to the main object, nothing drawn', 'zh-CN': '从 script 标签到主对象可用，不绘制界面' },
      peer: name,
      unit: 'ms',
      ours: median(took.ours),
      theirs: median(took[side]),
      ratio: median(took.ours.map((ours, round) => took[side][round] / ours)),
    });
  }
} finally {
  await browser.close();
  await site.stop();
  await rm(pages, { recursive: true });
}
