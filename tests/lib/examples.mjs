import { readdir, readFile } from 'node:fs/promises';

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
