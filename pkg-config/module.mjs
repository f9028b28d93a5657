const VERSION = __version__;
const CSS = __css__;
const WORKER_URL = new URL('agent-toolbar-worker.js', import.meta.url).href;
const ROSTER_URL = new URL('agent-toolbar-roster.js', import.meta.url).href;
const SCRIPT = undefined;
const PART = {};
const telemetry = () => import('./agent-toolbar-telemetry.mjs');
const module = await WebAssembly.compileStreaming(fetch(new URL('agent-toolbar.wasm', import.meta.url)));
const panels = once(async () => {
  const part = await WebAssembly.compileStreaming(fetch(new URL('agent-toolbar-panels.wasm', import.meta.url)));
  style(__panels_css__);
  return part;
});

/*@instance*/
/*@shell*/
/*@part*/

export { AgentSdk, AgentSdkError, AgentToolbarElement, SoftPhoneSdk, AgentSdk as default };
