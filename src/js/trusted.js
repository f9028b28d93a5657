/** By what a page that asks where code comes from (Trusted Types) knows our addresses. */
let policy;

/** An address of ours in the form that such a page wants; as it is where no page asks, or this one wants no policy of ours. */
function trusted(url) {
  try {
    policy ??= trustedTypes.createPolicy('agent-toolbar', {
      createScriptURL: (one) => {
        if (!SOURCES.some((ours) => one.startsWith(ours))) throw new TypeError(one);
        return one;
      },
    });
    return policy.createScriptURL(url);
  } catch {
    return url;
  }
}
