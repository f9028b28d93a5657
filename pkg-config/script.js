// All of it is compiled at once, so that browsers keep that in their cache of code: what is compiled when it is first called they do
// not, and a start calls some hundred and sixty functions.
//# allFunctionsCalledOnLoad
(() => {
  'use strict';
  const VERSION = __version__;
  const CSS = __css__;
  const SCRIPT = document.currentScript;
  const SCRIPT_URL = SCRIPT?.src;
  const WORKER_URL = beside('agent-toolbar-worker.js');
  /** How the addresses begin that code of ours comes from. */
  const SOURCES = [new URL('agent-toolbar-', SCRIPT_URL || location).href, 'blob:'];
  /** What the part brings: panels and phone. */
  const PART = {};
  const telemetry = () => import(new URL('agent-toolbar-telemetry.mjs', SCRIPT_URL));

  // A worker must be of the page's own origin, and a file from elsewhere cannot be read synchronously.
  function beside(file) {
    if (!SCRIPT_URL || !SCRIPT_URL.startsWith(location.origin + '/')) return undefined;
    return new URL(file, SCRIPT_URL).href;
  }

  /*@together*/

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

  // Compiled when the first instance wants it: a page gets on with its own work until then. What stands out here, and not in
  // there, browsers keep with the script in their cache of code.
  let module;
  const held = [__wasm__, __spare__, __parts__, __length__];
  const source = {
    get module() {
      return module ??= new WebAssembly.Module(together(...held) ?? fromFile());
    },
  };

  // A script like this one: it may come from elsewhere, and the page's policy that let this one in knows it by its nonce.
  const panels = once(() => new Promise((resolve, reject) => {
    const part = document.createElement('script');
    part.src = trusted(new URL(`agent-toolbar-panels.js?b=${__build__}`, SCRIPT_URL).href);
    part.charset = 'utf-8';
    part.nonce = SCRIPT.nonce;
    part.trusted = trusted;
    // A page that says which script it means, means with it the part that this build has made.
    part.integrity = SCRIPT.integrity && __integrity__;
    part.crossOrigin = SCRIPT.crossOrigin;
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
  window.SoftPhoneSdk = phoneOfPage();
})();
