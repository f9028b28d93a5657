/** Puts a text on the clipboard; `teller` is told the event `copied`, or `uncopied` where the browser does not let it. */
function copyText(text, teller) {
  const done = (did) => teller.dispatchEvent(new Event(did ? 'copied' : 'uncopied'));
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).then(() => done(true), () => done(false));
    return;
  }
  // A page that is not https has to be asked to copy, and gives this instead of what is selected.
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData('text/plain', text);
  };
  document.addEventListener('copy', put, { capture: true });
  done(document.execCommand('copy'));
  document.removeEventListener('copy', put, { capture: true });
}
