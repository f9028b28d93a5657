(() => {
  'use strict';
  const VERSION = __version__;
  const CSS = __css__;
  const SCRIPT_URL = document.currentScript?.src;
  const WORKER_URL = beside('agent-toolbar-worker.js');

  // A worker must be of the page's own origin, and a file from elsewhere cannot be read synchronously.
  function beside(file) {
    if (!SCRIPT_URL || !SCRIPT_URL.startsWith(location.origin + '/')) return undefined;
    return new URL(file, SCRIPT_URL).href;
  }

  // The wasm stands in this script as text and taken apart: a part of it holds all that the code has of one kind.
  function inside() {
    const text = __wasm__;
    const spare = __spare__;
    const kinds = Uint8Array.from(__follows__);
    const alignments = Uint8Array.from(__alignments__);
    const bytes = new Uint8Array(__length__);
    // Read as another charset than UTF-8 the text says something else.
    if (spare.codePointAt(5) !== 24231) return undefined;

    const back = Uint8Array.from({ length: 512 }, (_, code) => code);
    __unable__.forEach((byte, i) => { back[spare.charCodeAt(i)] = byte; });
    const parts = new Uint8Array(bytes.length);
    let at = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 512) parts[at++] = back[code];
      else {
        parts[at++] = 224 | code >> 12;
        parts[at++] = 128 | code >> 6 & 63;
        parts[at++] = 128 | code & 63;
      }
    }

    // Where in the parts: opcodes, what follows them by its kind, head, tail, constants by what comes next.
    const lengths = __parts__;
    const next = lengths.map((_, part) => lengths.slice(0, part).reduce((sum, length) => sum + length, 0));
    const [head, tail, constants] = next.slice(8);
    const end = next[1];
    let opcodes = 0;
    bytes.set(parts.subarray(head, tail));
    at = tail - head;
    // One loop without a closure: it is to be quick where it is not compiled yet.
    while (opcodes < end) {
      // The length of a function stands before it, and is known behind it.
      const start = at;
      at += 4;
      // What declares the locals comes first, as if there were an opcode.
      let opcode = -1;
      let depth = 1;
      for (;;) {
        let part = opcode < 0 ? 7 : kinds[opcode];
        if (part === 1) depth++;
        if (part === 6) bytes[at++] = alignments[opcode - 40];
        if (part === 8) part = 10 + kinds[parts[opcodes]];
        let count = part > 0 ? 1 : 0;
        if (opcode === 67 || opcode === 68) {
          for (count = opcode === 67 ? 4 : 8; count > 0; count--) bytes[at++] = parts[next[7]++];
        }
        let first = part === 7;
        for (; count > 0; count--) {
          let value = 0;
          let shift = 0;
          let byte;
          do {
            byte = parts[next[part]++];
            bytes[at++] = byte;
            value |= (byte & 127) << shift;
            shift += 7;
          } while (byte > 127);
          if (!first) continue;
          first = false;
          if (opcode < 0) count += 2 * value;
          else if (opcode === 14) count += value + 1;
          else if (opcode === 17) count++;
          else if (opcode === 252 && value > 7) count += value < 15 && value % 2 === 0 ? 2 : 1;
        }
        if (opcode === 11 && --depth === 0) break;
        opcode = parts[opcodes++];
        bytes[at++] = opcode;
      }
      const body = start + 4;
      const length = at - body;
      at = start;
      let rest = length;
      for (; rest > 127; rest >>= 7) bytes[at++] = rest & 127 | 128;
      bytes[at++] = rest;
      bytes.copyWithin(at, body, body + length);
      at += length;
    }
    bytes.set(parts.subarray(tail, constants), at);
    return bytes;
  }

  // Read as another charset than UTF-8 the text is lost: the file beside this one holds the same bytes.
  function fromFile() {
    const url = beside('agent-toolbar.wasm');
    try {
      const request = new XMLHttpRequest();
      request.open('GET', url, false);
      request.overrideMimeType('text/plain; charset=x-user-defined');
      request.send();
      if (request.status === 200) return Uint8Array.from(request.responseText, (c) => c.charCodeAt(0) & 255);
    } catch { /* said below */ }
    throw new Error('agent-toolbar.js was not read as UTF-8: add charset="utf-8" to its script tag');
  }

  const module = new WebAssembly.Module(inside() ?? fromFile());

  /*@instance*/
  /*@shell*/

  window.AgentSdk = AgentSdk;
  // A page that brought another phone means that one.
  window.SoftPhoneSdk ??= SoftPhoneSdk;
})();
