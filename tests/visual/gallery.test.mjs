import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STATES, eachState, wear, withGallery } from '../lib/gallery.mjs';
import { compare, small } from '../lib/pictures.mjs';

const shared = withGallery();

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const BASELINE = fromHere('./baseline');
/** Where pictures are left that are not as they were, with what differs. */
const LEFT = fromHere('../../target/visual');
/** Set: the pictures are taken anew instead of compared. */
const UPDATE = Boolean(process.env.UPDATE_BASELINE);

const THEMES = ['light', 'dark', 'contrast'];

/** All that is seen of the toolbar, with a little of what is behind it. */
const seen = (page) => page.evaluate(() => {
  const boxes = [...document.querySelector('agent-toolbar').shadowRoot.querySelectorAll('*')].filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 1 && height > 1);
  const [right, bottom] = ['right', 'bottom'].map((side) => Math.ceil(Math.max(...boxes.map((box) => box[side]))));
  return { x: 0, y: 0, width: Math.min(right + 8, innerWidth), height: Math.min(bottom + 8, innerHeight) };
});

for (const [lang, folder] of [['zh', 'zh'], ['en', 'en']]) {
  test(`every state looks as it did, in every theme: ${lang}`, async (t) => {
    const wrong = [];
    for (const theme of THEMES) {
      const folders = [join(LEFT, `${folder}-${theme}`), ...(UPDATE ? [join(BASELINE, `${folder}-${theme}`)] : [])];
      for (const one of folders) {
        await rm(one, { recursive: true, force: true });
        await mkdir(one, { recursive: true });
      }
    }
    await eachState(t, shared, { states: STATES, lang }, async ({ page }, { id }) => {
      const clip = await seen(page);
      for (const theme of THEMES) {
        await wear(page, theme);
        const is = await page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
        const name = join(`${folder}-${theme}`, id);
        const kept = join(BASELINE, `${name}.png`);
        if (UPDATE) {
          await writeFile(kept, small(is));
          continue;
        }
        const should = await readFile(kept).catch(() => undefined);
        const { wrong: what, drawn } = should ? compare(is, should) : { wrong: 'has no picture to be compared with' };
        if (!what) continue;
        wrong.push(`${name} ${what}`);
        await writeFile(join(LEFT, `${name}.png`), is);
        if (drawn) await writeFile(join(LEFT, `${name}.differs.png`), drawn);
      }
    });
    assert.equal(wrong.join('\n'), '', `look at target/visual; if that is how it should look, run this file with UPDATE_BASELINE=1`);
  });
}

test('there is no picture of a state that is no more', async () => {
  const should = STATES.map(({ id }) => `${id}.png`).sort();
  for (const folder of await readdir(BASELINE)) assert.deepEqual((await readdir(join(BASELINE, folder))).sort(), should, folder);
});
