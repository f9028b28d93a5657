import assert from 'node:assert/strict';
import { openPhone } from './phone-agent.mjs';
import { startFakePeer } from './phone-fake-peer.mjs';
import { openFarEnd } from './phone-far-end.mjs';

/** The browser of who is called by, or calls, a phone at a fake peer; its tone is an outside person's. */
export const CUSTOMER = '13800138000';

/** A phone that has registered at a fake peer of its own; `says` is what that does otherwise than most. */
export async function phoneAtPeer(t, shared, { says, more, ...where } = {}) {
  const peer = await startFakePeer(says);
  t.after(() => peer.stop());
  const phone = await openPhone(t, shared, where);
  await phone.start(peer.options(more));
  await phone.event('Registered');
  return { phone, peer };
}

/** Somebody calls this phone: it rings. `far` is the caller's sound, out of the browser of `from`. */
export async function rings(t, { browsers }, { phone, peer }, { from = CUSTOMER, headers, codecs } = {}) {
  const far = await openFarEnd(t, browsers[from], { codecs });
  const before = (await phone.told('Invite')).length;
  const call = peer.ring(await far.offer(), { from, headers });
  call.answerOffer = (sdp) => far.answer(sdp);
  const { call: { id } } = await phone.event('Invite', { nth: before + 1 });
  return { far, call, id };
}

/** As `rings`, and the phone answers. */
export async function talks(t, shared, pair, who) {
  const one = await rings(t, shared, pair, who);
  await pair.phone.doesWith(one.id, 'answer');
  await isAnswered(one);
  return one;
}

/** The call was answered, and its sound can begin. */
export async function isAnswered({ far, call }) {
  const response = await call.final;
  assert.equal(response.status, 200, response.line);
  await far.takeAnswer(response.body);
}
