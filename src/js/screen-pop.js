const FIELD = /\{(\w+)\}/g;

/**
 * The address that a screen pop opens: a template with fields such as `{caller}`. Undefined where it is none of the web, or
 * where a field would say whose site it is: callers write some of them.
 */
function popAddress(template, fields) {
  const filled = (value) => new URL(template.replace(FIELD, (field, name) => (name in fields ? value(name) : field)), document.baseURI);
  try {
    // Half a character cannot be encoded.
    const url = filled((name) => encodeURIComponent(String(fields[name] ?? '').replace(/\p{Surrogate}/gu, '')));
    const plain = filled(() => '0');
    return /^https?:$/.test(url.protocol) && url.origin === plain.origin && !url.username ? url.href : undefined;
  } catch {
    return undefined;
  }
}

let warned;

/** Says once what keeps the page from getting its screen pops. */
function noPop(why) {
  if (warned !== why) console.warn(`agent-toolbar: ${why}`);
  warned = why;
}

/** Opens the page's address for a call that rings, unless a listener of `ScreenPop` takes it away or gives another. */
function screenPop(template, target, fields, call, tell) {
  const url = popAddress(template, fields);
  if (!url) return noPop('screenPop is no address of the web, or has a field in the name of the site');
  const pop = { url, call };
  tell('ScreenPop', pop);
  const wanted = pop.url && popAddress(String(pop.url), {});
  if (!pop.url) return undefined;
  if (!wanted) return noPop('a listener of ScreenPop gave no address of the web');
  // With `noopener` a window cannot be found again by its name.
  if (!open(wanted, target || 'agent-toolbar-customer')) noPop('the browser keeps the screen pop from opening: allow pop-ups for this page');
}
