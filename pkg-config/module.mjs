const VERSION = __version__;
const CSS = __css__;
const WORKER_URL = new URL('agent-toolbar-worker.js', import.meta.url).href;
const module = await WebAssembly.compileStreaming(fetch(new URL('agent-toolbar.wasm', import.meta.url)));

/*@instance*/
/*@shell*/

export { AgentSdk, AgentSdkError, SoftPhoneSdk, AgentSdk as default };
