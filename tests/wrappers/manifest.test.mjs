import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { newProfile, newTab, openTestPage } from '../lib/browser.mjs';
import { declarations } from '../lib/declarations.mjs';
import { AT_ANY_WIDTH, eachState, withGallery } from '../lib/gallery.mjs';
import { PKG } from '../lib/paths.mjs';

const shared = withGallery();

const read = async (path) => JSON.parse(await readFile(path, 'utf8'));
const manifest = await read(join(PKG, 'custom-elements.json'));
const [{ declarations: [element] }] = manifest.modules;
const names = (list) => list.map(({ name }) => name).sort();
const unique = (list) => [...new Set(list)].sort();

/** Every event, as index.d.ts has them. */
async function events() {
  const { of } = await declarations();
  return [...of('LocalEvents'), ...of('ToolbarEvents'), ...of('PlatformEvents')];
}

test('the manifest is one, and package.json names it', async () => {
  const schema = await read(createRequire(import.meta.url).resolve('custom-elements-manifest/schema.json'));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  assert.ok(validate(manifest), JSON.stringify(validate.errors, undefined, 1));
  assert.equal((await read(join(PKG, 'package.json'))).customElements, 'custom-elements.json');
});

test('it has every event that there is, and so have the wrappers', async () => {
  const { EVENTS } = await import(join(PKG, 'mount.mjs'));
  const all = (await events()).sort();
  assert.deepEqual([...EVENTS].sort(), all);
  assert.deepEqual(names(element.events), all.map((name) => `agent-${name}`).sort());
});

test('it has the attributes, members and custom properties of the element, and no others', async (t) => {
  const page = await newTab(t, await newProfile(t, shared.browser));
  await openTestPage(page, shared.site.origin);
  const real = await page.evaluate(async (given) => {
    const bar = document.body.appendChild(document.createElement('agent-toolbar'));
    const Class = customElements.get('agent-toolbar');
    // What is shown for the first time brings the style along.
    bar.options = { url: 'ws://127.0.0.1:9/', host: '/', connectAccount: 'a', subscribePath: '/t', maxReconnect: 0, features: { record: false } };
    const sheets = [...bar.shadowRoot.adoptedStyleSheets, ...bar.shadowRoot.styleSheets];
    const rules = (list) => [...list].flatMap((rule) => [rule, ...(rule.cssRules ? rules(rule.cssRules) : [])]);
    const all = sheets.flatMap((sheet) => rules(sheet.cssRules));
    const attributes = all.flatMap(({ selectorText }) => [...(selectorText ?? '').matchAll(/:host\([^)]*?\[([\w-]+)/g)].map(([, name]) => name));
    const root = all.find(({ selectorText }) => selectorText === ':host');
    return {
      attributes: [...Class.observedAttributes, ...attributes],
      members: Object.entries(Object.getOwnPropertyDescriptors(Class.prototype)).filter(([, { get }]) => get).map(([name]) => name),
      properties: [...root.style].filter((name) => name.startsWith('--')),
      defaults: Object.fromEntries(given.map((name) => [name, root.style.getPropertyValue(name).trim() !== ''])),
    };
  }, names(element.cssProperties));
  assert.deepEqual(names(element.attributes), unique(real.attributes));
  assert.deepEqual(names(element.members), unique(real.members));
  assert.deepEqual(names(element.cssProperties), unique(real.properties));
  assert.ok(element.cssProperties.every((one) => one.default && real.defaults[one.name]));
});

test('it has the parts and slots that are drawn in any state, and no others', async (t) => {
  const parts = [];
  const slots = [];
  await eachState(t, shared, { states: AT_ANY_WIDTH, lang: 'en' }, async ({ toolbar }) => {
    const drawn = await toolbar.evaluate((place) => {
      const { shadowRoot } = place.querySelector('agent-toolbar');
      return {
        parts: [...shadowRoot.querySelectorAll('[part]')].flatMap((one) => [...one.part]),
        slots: [...shadowRoot.querySelectorAll('slot')].map((one) => one.name),
      };
    });
    parts.push(...drawn.parts);
    slots.push(...drawn.slots);
  });
  assert.deepEqual(unique(parts), names(element.cssParts));
  assert.deepEqual(unique(slots), names(element.slots));
});
