/** Where the wasm puts what it finds in a SIP message: places in the text, so that nothing is copied. */
const SIP = {
  utf8: toUtf8,
  summary(status, method, methodEnd, callId, callIdEnd, cseq, from, fromEnd, to, toEnd, headers, body) {
    const cut = (start, end) => (end ? SIP.text.slice(start, end) : undefined);
    SIP.found = {
      kind: status ? 'response' : 'request', method: cut(method, methodEnd), status: status || undefined,
      callId: cut(callId, callIdEnd), cseq: cseq < 0 ? undefined : cseq, from: cut(from, fromEnd), to: cut(to, toEnd), headers, body,
    };
  },
  unreadable(offset, what) {
    SIP.found = Object.assign(new Error(`${what} (at ${offset})`), { offset });
  },
};

/** What a SIP message says, in short; by an instance of the wasm that is made when it is first wanted. */
function readSip(message) {
  SIP.text = String(message);
  SIP.glue ??= createGlue(() => { SIP.glue = undefined; });
  SIP.glue.parse_message(SIP, SIP.text, SIP.text.length);
  const { found } = SIP;
  SIP.text = SIP.found = undefined;
  if (found instanceof Error) throw found;
  return found;
}
