import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

// A page that is changed in one language says something else in the other: both have to have the same bones.

const DOCS = new URL('../../docs/', import.meta.url);
/** Pages that are written by hand, sentence by sentence, in both languages. */
const GUIDES = ['start', 'coming-from-agent-sdk', 'deployment', 'security', 'troubleshooting', 'toolbar', 'softphone', 'records',
  'languages', 'gallery', 'weaknesses'];

async function bonesOf(folder, name) {
  const text = await readFile(new URL(`${folder}${name}.md`, DOCS), 'utf8');
  const blocks = text.match(/^```[^]*?^```$/gm) ?? [];
  const prose = text.replace(/^```[^]*?^```$/gm, '');
  // A word of code in a line may stand elsewhere in the other language's sentence, and once instead of twice.
  const codes = [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code))].sort();
  const targets = [...new Set([...prose.matchAll(/\]\(([^)#\s]*)[^)]*\)/g)].map(([, target]) => target.replace(/^(\.\.\/)+/, '')))].sort();
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, level]) => level.length),
    // The rows of each table.
    tables: [...prose.matchAll(/(?:^\|.*\n?)+/gm)].map(([table]) => table.trim().split('\n').length),
    points: [...prose.matchAll(/^(?:\*|\d+\.) /gm)].length,
    blocks,
    codes,
    targets,
  };
}

for (const name of GUIDES) {
  test(`${name} says the same in Chinese as in English`, async () => {
    const [english, chinese] = await Promise.all(['', 'zh-CN/'].map((folder) => bonesOf(folder, name)));
    for (const part of ['codes', 'targets']) {
      const only = (one, other) => one[part].filter((item) => !other[part].includes(item));
      assert.deepEqual({ english: only(english, chinese), chinese: only(chinese, english) }, { english: [], chinese: [] }, part);
    }
    for (const part of ['headings', 'tables', 'points', 'blocks']) assert.deepEqual(chinese[part], english[part], part);
  });
}

test('every link of a guide leads to a section that there is', async () => {
  const pages = new Map();
  const idsOf = async (url) => {
    if (!pages.has(url.href)) {
      const text = await readFile(url, 'utf8').catch(() => undefined);
      pages.set(url.href, text && new Set([...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)]
        .map(([, heading]) => heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/ /g, '-'))));
    }
    return pages.get(url.href);
  };
  const there = new Set([...await readdir(DOCS), ...(await readdir(new URL('zh-CN/', DOCS))).map((file) => `zh-CN/${file}`)]);
  const lost = [];
  for (const folder of ['', 'zh-CN/']) {
    for (const name of GUIDES) {
      const here = new URL(`${folder}${name}.md`, DOCS);
      const text = (await readFile(here, 'utf8')).replace(/^```[^]*?^```$/gm, '');
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const url = new URL(target, here);
        const section = decodeURIComponent(url.hash.slice(1));
        url.hash = '';
        // What is written for both languages by others is looked for in either.
        const file = url.href.slice(DOCS.href.length);
        if (!section || !url.href.startsWith(DOCS.href) || !GUIDES.includes(file.replace(/^zh-CN\/|\.md$/g, ''))) continue;
        if (!there.has(file) || !(await idsOf(url))?.has(section)) lost.push(`${folder}${name}.md: ${target}`);
      }
    }
  }
  assert.deepEqual(lost, []);
});
