/** By what a page that asks where code comes from (Trusted Types) knows our addresses; 0 where it wants no such policy. */
let policy;

/** An address of ours in the form that such a page wants. */
function trusted(url) {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy('agent-toolbar', {
      createScriptURL: (one) => {
        if (!SOURCES.some((ours) => one.startsWith(ours))) throw new TypeError(one);
        return one;
      },
    });
  } catch {
    policy = 0;
  }
  return policy ? policy.createScriptURL(url) : url;
}
