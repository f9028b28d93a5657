const VERSION = __version__;
const CSS = __css__;
/*@server*/
const WORKER_URL = asset(() => new URL('./agent-toolbar-worker.js', import.meta.url));
/** How the addresses begin that code of ours comes from. */
const SOURCES = [WORKER_URL, 'blob:'].filter(Boolean);
/** What the part brings: panels and phone. */
const PART = {};
const telemetry = () => import('./agent-toolbar-telemetry.mjs');

/*@asset*/
/*@together*/

// A bundle is one file more for a bundler to lose, and waiting for one is what some cannot do: the wasm stands in here, as it
// does in the script, and is compiled when the first instance wants it. A server, which has none, is spared that.
let module;
const held = [__wasm__, __spare__, __parts__, __length__];
const source = {
  get module() {
    return module ??= new WebAssembly.Module(bytesOf(...held));
  },
};

function bytesOf(...given) {
  const bytes = together(...given);
  if (!bytes) throw new Error('agent-toolbar was not read as UTF-8: add charset="utf-8" to the script tag of the bundle that it is in');
  return bytes;
}

// Bundlers make a file of its own of this, or leave it in the one they make.
const panels = once(async () => {
  const { build, css, own, given, begin } = await import('./agent-toolbar-panels.mjs');
  if (build !== __build__) throw new Error('agent-toolbar-panels.mjs is of another build than agent-toolbar-inline.mjs');
  const part = await WebAssembly.compile(bytesOf(...given));
  Object.assign(PART, own);
  begin(trusted, SOURCES);
  style(css);
  return part;
});

/*@instance*/
/*@shell*/

export { AgentSdk, AgentSdkError, AgentToolbarElement, SoftPhoneSdk, AgentSdk as default };
