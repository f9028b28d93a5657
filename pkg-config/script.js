(() => {
  'use strict';
  const VERSION = __version__;
  const CSS = __css__;
  const SCRIPT = document.currentScript;
  const SCRIPT_URL = SCRIPT?.src;
  const WORKER_URL = beside('agent-toolbar-worker.js');
  /** What the panels bring. */
  const PART = {};
  const telemetry = () => import(new URL('agent-toolbar-telemetry.mjs', SCRIPT_URL));

  // A worker must be of the page's own origin, and a file from elsewhere cannot be read synchronously.
  function beside(file) {
    if (!SCRIPT_URL || !SCRIPT_URL.startsWith(location.origin + '/')) return undefined;
    return new URL(file, SCRIPT_URL).href;
  }

  // A wasm stands in a script as text and taken apart: a part of it holds all that the code has of one kind. See together.wat.
  function together(text, spare, lengths, size) {
    // Read as another charset than UTF-8 the text says something else.
    if (spare.codePointAt(5) !== 24231) return undefined;

    const code = Uint8Array.from(__together__, (c) => c.charCodeAt());
    const { memory, together } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
    // What is made begins here, and behind it the text, of at most three bytes for each character.
    const start = 1024;
    const end = start + size;
    memory.grow((end + 3 * text.length) >> 16);
    const bytes = new Uint8Array(memory.buffer);
    for (let code = 0; code < 128; code++) bytes[code] = code;
    __unable__.forEach((byte, i) => { bytes[spare.charCodeAt(i)] = byte; });
    let at = end;
    new Uint32Array(memory.buffer, 512).set(lengths.map((length) => (at += length) - length));
    const { written } = new TextEncoder().encodeInto(text, bytes.subarray(end));
    together(start, end, end + written);
    return bytes.subarray(start, end);
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

  const module = new WebAssembly.Module(together(__wasm__, __spare__, __parts__, __length__) ?? fromFile());

  // A script like this one: it may come from elsewhere, and the page's policy that let this one in knows it by its nonce.
  const panels = once(() => new Promise((resolve, reject) => {
    const part = document.createElement('script');
    part.src = new URL(`agent-toolbar-panels.js?b=${__build__}`, SCRIPT_URL).href;
    part.charset = 'utf-8';
    part.nonce = SCRIPT.nonce;
    part.take = (build, css, own, ...given) => {
      const bytes = build === __build__ && together(...given);
      if (!bytes) return;
      Object.assign(PART, own);
      style(css);
      resolve(new WebAssembly.Module(bytes));
    };
    part.onload = part.onerror = () => {
      part.remove();
      reject(new Error(`${part.src} is missing, or of another build than ${SCRIPT_URL}`));
    };
    document.head.append(part);
  }));

  /*@instance*/
  /*@shell*/

  window.AgentSdk = AgentSdk;
  // A page that brought another phone means that one.
  window.SoftPhoneSdk ??= SoftPhoneSdk;
})();
