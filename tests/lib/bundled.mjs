import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { newProfile, newTab } from './browser.mjs';
import { PKG } from './paths.mjs';

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const APPS = fileURLToPath(new URL('../wrappers/apps/', import.meta.url));

/** Versions of React that an app is bundled with. */
export const REACTS = { 18: { react: 'react18', 'react-dom': 'react-dom18' }, 19: {} };

/** An app of `wrappers/apps` with all that it imports but the toolbar itself, which its wrapper loads when it wants it. */
export async function bundle(app, { alias = {}, platform = 'browser' } = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(APPS, app)],
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    alias: { ...alias, 'agent-toolbar/react': join(PKG, 'react.js'), 'agent-toolbar/vue': join(PKG, 'vue.js') },
    nodePaths: [MODULES],
    external: ['agent-toolbar/element'],
    // Of a server's bundle: what is left of CommonJS asks for these.
    banner: platform === 'node' ? { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } : {},
    // React says what is wrong with how it is used only in this one.
    define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
  });
  return outputFiles[0].text;
}

/** Opens a page with the app's bundle in it, beside the package; `options` are there as `window.options`, `html` in its root. */
export async function openApp(t, { browser, sandbox }, script, { options, html = '', allow } = {}) {
  const page = await newTab(t, await newProfile(t, browser), { allow });
  const address = `${sandbox.origin}/app/`;
  await page.route(`${address}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname.slice('/app/'.length);
    if (file === '') {
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><title>App</title>
          <script type="importmap">{ "imports": { "agent-toolbar/element": "./agent-toolbar-inline.mjs" } }</script>
          <div id="root">${html}</div><script type="module" src="app.mjs"></script>`,
      });
    }
    if (file === 'app.mjs') return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script });
    const contentType = file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript; charset=utf-8';
    return route.fulfill({ contentType, body: await readFile(join(PKG, file)) });
  });
  await page.addInitScript((given) => {
    window.options = given;
    window.told = [];
  }, options);
  await page.goto(address);
  await page.waitForFunction(() => window.app);
  return page;
}
