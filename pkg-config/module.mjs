const VERSION = __version__;
const CSS = __css__;
/*@server*/
const WORKER_URL = new URL('./agent-toolbar-worker.js', import.meta.url).href;
const ROSTER_URL = new URL('./agent-toolbar-roster.js', import.meta.url).href;
const ROSTER_TEXT = undefined;
const SOURCES = [WORKER_URL, ROSTER_URL, 'blob:'];
const SCRIPT = undefined;
const PART = {};
const telemetry = () => import('./agent-toolbar-telemetry.mjs');
const module = globalThis.document && await WebAssembly.compileStreaming(fetch(new URL('./agent-toolbar.wasm', import.meta.url)));
const source = { module };
const panels = once(async () => {
  const part = await WebAssembly.compileStreaming(fetch(new URL('./agent-toolbar-panels.wasm', import.meta.url)));
  style(__panels_css__);
  return part;
});

/*@instance*/
/*@shell*/
/*@part*/

export { AgentSdk, AgentSdkError, AgentToolbarElement, SoftPhoneSdk, AgentSdk as default };
