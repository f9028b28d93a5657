// Notes: written in the card, or in the toolbar at wrap-up. Either is kept with the call.

import { button, make } from './dom.js';
import { keepNote } from './store.js';
import { say, word } from './words.js';

/** Tags of a note, by id. */
const TAGS = {
  repair: ['报修', 'Repair'],
  order: ['订单', 'Order'],
  price: ['询价', 'Price'],
  complaint: ['投诉', 'Complaint'],
  callBack: ['待回访', 'Call back'],
  solved: ['已解决', 'Solved'],
};

/** The tags as the toolbar offers them. */
export const noteTags = () => Object.values(TAGS).map(say);

/** A tag in the language that is spoken now; one that is none of ours as it was written. */
export const tagName = (tag) => say(TAGS[tag] ?? tag);

/** The toolbar gives tags back in the words in which they were offered. */
const tagId = (text) => Object.keys(TAGS).find((id) => TAGS[id].includes(text)) ?? text;

/** Keeps what the agent writes in the toolbar. `agent` gives who it is. */
export function keepToolbarNotes(sdk, agent) {
  sdk.on('Note', ({ callId, text, tags }) => {
    const number = sdk.snapshot()?.wrapUp?.party ?? '';
    keepNote({ callId, number, text, tags: tags.map(tagId), agent: agent() });
  });
}

// What was typed and not saved, so that looking at another customer loses nothing.
const drafts = new Map();

/** A form for a note: about this call, or about this customer where there is none. `typing` is told of what is not saved yet. */
export function noteForm({ callId, number, agent, typing }) {
  const key = callId ?? number;
  const draft = drafts.get(key) ?? { text: '', tags: [] };
  drafts.set(key, draft);
  const area = make('textarea', { rows: 2, 'data-test': 'note-text', 'data-key': 'note-text' });
  const title = make('h3', { 'data-word': callId ? 'noteForCall' : 'noteForCustomer' });
  const choices = Object.keys(TAGS).map((id) => {
    const box = make('input', { type: 'checkbox', value: id });
    box.checked = draft.tags.includes(id);
    box.addEventListener('change', () => {
      draft.tags = draft.tags.filter((tag) => tag !== id);
      if (box.checked) draft.tags.push(id);
      typing(true);
    });
    return make('label', { class: 'choice' }, box, make('span', { 'data-tag': id }));
  });
  const status = make('p', { class: 'small muted', role: 'status', 'data-test': 'note-status' });
  area.value = draft.text;
  area.addEventListener('input', () => {
    draft.text = area.value;
    status.textContent = '';
    typing(true);
  });

  function save() {
    const text = draft.text.trim();
    if (!text && !draft.tags.length) {
      status.textContent = word('needsNote');
      area.focus();
      return;
    }
    keepNote({ callId, number, text, tags: [...draft.tags], agent: agent() });
    Object.assign(draft, { text: '', tags: [] });
    area.value = '';
    for (const { firstChild } of choices) firstChild.checked = false;
    status.textContent = word('noteSaved');
    typing(false);
  }

  const form = make('div', { class: 'note-form', role: 'group' }, title, area,
    make('div', { class: 'line wrap' }, make('div', { class: 'choices grow' }, ...choices),
      button({ class: 'primary', 'data-word': 'saveNote', 'data-test': 'note-save', 'data-key': 'note-save' }, save)),
    status);

  /** Whether something is written that is not saved. */
  form.isBegun = () => draft.text.trim() !== '' || draft.tags.length > 0;
  form.speak = () => {
    title.textContent = word(title.dataset.word);
    form.setAttribute('aria-label', title.textContent);
    area.setAttribute('aria-label', word('note'));
    area.placeholder = word('notePlaceholder');
    form.querySelector('[data-word=saveNote]').textContent = word('saveNote');
    for (const span of form.querySelectorAll('[data-tag]')) span.textContent = tagName(span.dataset.tag);
  };
  form.speak();
  return form;
}

/** A note as text. */
export function noteShown({ text, tags, agent }) {
  return make('div', { class: 'note' },
    text && make('p', {}, text),
    make('p', { class: 'line wrap tags' },
      tags.map((tag) => make('span', { class: 'tag' }, tagName(tag))),
      agent && make('span', { class: 'small muted' }, word('by', agent))));
}
