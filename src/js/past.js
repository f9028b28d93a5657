/** When the present day began, ms since 1970. */
const dayBegan = () => new Date().setHours(0, 0, 0, 0);

/** Writes when something was: its time if it was today, else its day. The list says when today began, for who counts. */
function tellTimes(list) {
  const two = (number) => String(number).padStart(2, '0');
  const day = dayBegan();
  list.dataset.day = day;
  for (const one of list.querySelectorAll('[data-at]')) {
    const at = new Date(Number(one.dataset.at));
    one.textContent = at >= day ? `${two(at.getHours())}:${two(at.getMinutes())}` : `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  }
}

/** Puts what is on the clipboard into a field, as if it had been pasted; tells it `unpasted` where the browser does not let it. */
async function pasteInto(field) {
  try {
    field.value = await navigator.clipboard.readText();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  } catch {
    field.dispatchEvent(new Event('unpasted'));
  }
  field.focus();
}
