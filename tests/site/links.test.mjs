import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pages } from '../lib/site.mjs';
import { startSandbox } from '../lib/sandbox.mjs';

let sandbox;
before(async () => { sandbox = await startSandbox(); });
after(() => sandbox?.stop());

const unescaped = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<');
const attributes = (html, name) => [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => unescaped(value));

test('every link of the site leads somewhere, as the sandbox serves it', async () => {
  const fetched = new Map();
  const get = (address) => {
    if (!fetched.has(address)) {
      fetched.set(address, fetch(address).then(async (response) => {
        const text = await response.text();
        return { status: response.status, ids: new Set(attributes(text, 'id')), text };
      }));
    }
    return fetched.get(address);
  };
  const wrong = [];
  let looked = 0;
  for (const path of await pages()) {
    const address = `${sandbox.origin}/docs/${path}`;
    const { status, text } = await get(address);
    assert.equal(status, 200, path);
    for (const link of [...attributes(text, 'href'), ...attributes(text, 'src')]) {
      const to = new URL(link, address);
      if (to.origin !== sandbox.origin) continue;
      const place = decodeURIComponent(to.hash.slice(1));
      to.hash = '';
      const there = await get(to.href);
      looked += 1;
      if (there.status !== 200) wrong.push(`${path}: ${link} is answered with ${there.status}`);
      else if (place && !there.ids.has(place)) wrong.push(`${path}: ${link} leads to no place of that page`);
    }
  }
  assert.ok(looked > 500, `${looked} links were looked at`);
  assert.equal(wrong.join('\n'), '');
});

test('an id stands once in a page', async () => {
  for (const path of await pages()) {
    const ids = attributes(await (await fetch(`${sandbox.origin}/docs/${path}`)).text(), 'id');
    assert.equal(new Set(ids).size, ids.length, `${path}: ${ids.filter((one, at) => ids.indexOf(one) !== at)}`);
  }
});

test('where there is no page, one says so and leads back', async () => {
  const answer = await fetch(`${sandbox.origin}/docs/zh-CN/gone/away.html`);
  assert.equal(answer.status, 404);
  const text = await answer.text();
  for (const link of [...attributes(text, 'href'), ...attributes(text, 'src')]) {
    assert.equal((await fetch(new URL(link, answer.url))).status, 200, link);
  }
});
