// The floor, for supervisors: the toolbar's wall of agents in the page, who waits, and the figures of the day.

import { $, make, redraw } from './dom.js';
import { callsToday } from './history.js';
import { isSupervisor, onSession, sdk } from './session.js';
import { onChange } from './store.js';
import { clock } from './times.js';
import { language, onLanguage, word } from './words.js';

let shown = false;

/** What the wall shows beside its own figures; the option `figures`. Only the page knows them. */
export function figures() {
  const lastHour = callsToday().filter(({ inbound, ended }) => inbound && ended > Date.now() - 3600e3);
  const answered = lastHour.filter(({ talked }) => talked !== null).length;
  return { answered, abandoned: lastHour.length - answered };
}

/** Keeps the floor drawn. */
export function drawFloor() {
  $('floor-open').addEventListener('click', openWall);
  sdk?.on('snapshot', (_, changed) => changed.includes('queue') && shown && draw());
  onChange(() => shown && draw());
  onLanguage(() => shown && draw());
  onSession(() => shown && openWall());
}

/** The floor comes into sight, or goes. The wall asks the platform every two seconds while it is open, so it is closed then. */
export function showFloor(on) {
  if (on === shown) return;
  shown = on;
  if (on) {
    openWall();
    // Who waits is told as it changes; how many wait already has to be asked for.
    if (isSupervisor()) sdk.request.getQueueInfo().catch(() => {});
  } else if (isSupervisor()) {
    sdk.closePanel();
  }
}

function openWall() {
  const may = isSupervisor();
  $('floor-refused').hidden = may;
  $('floor-work').hidden = !may;
  if (!may) return;
  draw();
  if (!$('floor-wall').firstElementChild) sdk.openPanel('wall', { into: '#floor-wall' });
}

function draw() {
  const { waiting, groups } = sdk?.snapshot()?.queue ?? { waiting: null, groups: [] };
  const today = callsToday().filter(({ ended }) => ended);
  const talks = today.filter(({ talked }) => talked !== null);
  const missed = today.filter(({ inbound, talked }) => inbound && talked === null);
  const tile = (key, value, more, test) => make('div', { class: 'tile', 'data-test': test }, make('dt', {}, word(key)), make('dd', { class: 'number' }, String(value)), more && make('dd', { class: 'small muted' }, more));
  const waits = groups.filter((group) => group.waiting > 0)
    .map((group) => `${group.name || group.groupId} ${group.waiting}${group.longestAt ? `, ${word('longest', clock(Date.now() - group.longestAt))}` : ''}`);
  redraw($('floor-tiles'),
    tile('waitingNow', waiting ?? 0, waits.join(language() === 'zh' ? '；' : '; '), 'waiting'),
    tile('answeredToday', talks.length, '', 'answered'),
    tile('missedToday', missed.length, '', 'missed'),
    tile('averageTalk', talks.length ? clock(talks.reduce((sum, { talked }) => sum + talked, 0) / talks.length) : '–', '', 'average'));
}
