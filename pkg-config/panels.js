// Panels and phone, loaded by agent-toolbar.js of the same build at sign-in, or earlier where one is wanted.
(() => {
  'use strict';
  const SCRIPT = document.currentScript;
  const ROSTER_URL = new URL('agent-toolbar-roster.js', SCRIPT.src).href;
  const ROSTER_TEXT = undefined;
  const { trusted } = SCRIPT;
  const PART = {};

  /*@part*/

  SCRIPT.take(__build__, __panels_css__, PART, __wasm__, __spare__, __parts__, __length__);
})();
