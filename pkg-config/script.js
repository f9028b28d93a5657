(() => {
  'use strict';
  const VERSION = '@version';
  const CSS = '@css';
  const SCRIPT_URL = document.currentScript?.src;
  const WORKER_URL = beside('agent-toolbar-worker.js');

  // A worker must be of the page's own origin, and a file from elsewhere cannot be read synchronously.
  function beside(file) {
    if (!SCRIPT_URL || !SCRIPT_URL.startsWith(location.origin + '/')) return undefined;
    return new URL(file, SCRIPT_URL).href;
  }

  // The wasm stands in this script, a character a byte.
  function inside() {
    const text = '@wasm';
    const table = '@table';
    const bytes = new Uint8Array('@length');
    const back = new Uint8Array(65536);
    for (let i = 0; i < table.length; i++) back[table.charCodeAt(i)] = i;
    if (text.length !== bytes.length || table.length !== 256) return undefined;
    for (let i = 0; i < bytes.length; i++) bytes[i] = back[text.charCodeAt(i)];
    return bytes[0] === 0 && bytes[1] === 97 && bytes[2] === 115 && bytes[3] === 109 ? bytes : undefined;
  }

  // Read as another charset than UTF-8 those characters are lost: the file beside this one holds the same bytes.
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
