// Panels and phone, loaded by agent-toolbar-inline.mjs of the same build at sign-in, or earlier where one is wanted.
const SCRIPT = undefined;
const ROSTER_URL = asset(() => new URL('./agent-toolbar-roster.js', import.meta.url));
/** The same once more, for bundlers that leave the file behind. */
const ROSTER_TEXT = __roster__;
let trusted;
const PART = {};

/*@asset*/
/*@part*/

/** Takes from the module by what a page knows its addresses, and adds its own. */
export function begin(ofModule, sources) {
  trusted = ofModule;
  if (ROSTER_URL) sources.push(ROSTER_URL);
}

export const build = __build__;
export const css = __panels_css__;
export const own = PART;
export const given = [__wasm__, __spare__, __parts__, __length__];
