import { readdir, readFile } from 'node:fs/promises';
import { startSandbox } from './sandbox.mjs';

const FOLDER = new URL('../../docs/examples/', import.meta.url);
const WRAPPER = new URL('../../www/site/example.js', import.meta.url);

/** All examples of the documentation: `kind/name`, and their text. */
export async function examples() {
  const files = (await readdir(FOLDER, { recursive: true })).filter((path) => path.endsWith('.js')).sort();
  return Promise.all(files.map(async (path) => ({
    name: path.replace(/\.js$/, ''),
    text: await readFile(new URL(path, FOLDER), 'utf8'),
  })));
}

/** The file that the site has of an example. */
export async function wrapped(text) {
  return (await readFile(WRAPPER, 'utf8')).replace(/^ *\/\/: the example\n/m, () => text);
}

/** The lines that an example says it shows, behind `//>`. */
export const promised = (text) => [...text.matchAll(/\/\/> ?(.*)$/gm)].map(([, line]) => line);

/** Whether a line is as promised; `…` stands for anything. */
export function fits(line, promise) {
  const escaped = promise.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^]*')}$`).test(line);
}

// What the site promises strict pages.
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const escaped = (text) => text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`);

const page = (lang, all) => `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Examples</title>
${all.map(({ name, text }) => `<figure class="example" data-example="${name}"><pre><code>${escaped(text)}</code></pre></figure>`).join('\n')}
<script type="module" src="../site/run.js"></script></html>`;

/** A page with these examples in it, at a sandbox that nobody else uses. */
export async function openDesk(browser, all, { lang = 'en' } = {}) {
  const sandbox = await startSandbox();
  // As wide as the site's column of text: what folds there is folded here.
  const profile = await browser.newContext({ viewport: { width: 720, height: 900 }, permissions: ['local-network-access', 'microphone'] });
  const tab = await profile.newPage();
  await tab.route(`${sandbox.origin}/docs/examples.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': POLICY },
    body: page(lang, all),
  }));
  for (const { name, text } of all) {
    const body = await wrapped(text);
    await tab.route(`${sandbox.origin}/docs/examples/${name}.js`, (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body }));
  }
  await tab.goto(`${sandbox.origin}/docs/examples.html`);
  return { sandbox, tab };
}
