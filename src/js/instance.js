/** Runs `begin` when first asked, and again when that failed; gives the promise that it gave. */
function once(begin) {
  let begun;
  return () => {
    begun ??= begin().catch((error) => {
      begun = undefined;
      throw error;
    });
    return begun;
  };
}

/**
 * A fresh instance of the compiled wasm with its bindings. A trap in any export is told to `trapped`; after that the
 * instance is dead and every call into it, by a timer or a socket that still lives, does nothing.
 */
function createGlue(trapped) {
  const real = globalThis.WebAssembly;
  let dead = false;
  const guard = (run) => function () {
    if (dead) return undefined;
    try {
      return run.apply(undefined, arguments);
    } catch (error) {
      if (error instanceof real.RuntimeError) {
        dead = true;
        trapped(error);
        throw new AgentSdkError('CRASHED', error.message, FAULTS.CRASHED[2], error);
      }
      throw error;
    }
  };
  // The bindings below find this one instead of the browser's.
  const WebAssembly = {
    Module: real.Module,
    Instance: class {
      constructor(code, imports) {
        const { exports } = new real.Instance(code, imports);
        const guarded = {};
        for (const name of Object.keys(exports)) {
          const one = exports[name];
          guarded[name] = typeof one === 'function' ? guard(one) : one;
        }
        return { exports: guarded };
      }
    },
  };
  // The part's code works on this instance's memory.
  const joined = once(async () => new real.Instance(await panels(), { __wasm_split: wasm_bindgen.shared() }));
  // The bindings call this one when a panel is to open.
  const wantPanels = (then) => {
    joined().then(() => then(true), (error) => {
      console.warn(`agent-toolbar: this panel cannot be shown, the rest works. ${error.message}`);
      then(false);
    });
  };
  /*@glue*/
  wasm_bindgen.initSync(source);
  return Object.assign(wasm_bindgen, { joined });
}
