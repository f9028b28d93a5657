// Bundlers find a file by this very form of naming it, and give the address where they put it. Some bundles have no address of
// their own to begin from.
function asset(file) {
  try {
    return file().href;
  } catch {
    return undefined;
  }
}
