/**
 * The list of all agents in an answer to `surveillance` is large, and as a rule only the page looks at it: it stays in
 * JavaScript, and the session gets the frame with a 0 in its place. Gives that frame and how much longer the whole one
 * is; undefined where the text is not a single frame of that kind.
 */
function withoutList(text) {
  const body = text.indexOf('\n\n') + 2;
  const end = text.lastIndexOf('\0');
  const from = text.indexOf('List":[', body) + 6;
  const to = text.lastIndexOf(']', end) + 1;
  if (end < text.length - 2 || body < 2 || from < 6 || to < from) return undefined;
  const head = text.slice(0, body);
  const [, said = 0] = /^content-length:(\d+)$/m.exec(head) ?? [];
  // A frame of so many bytes has at least a third as many characters. Another one behind it would have lines of its own; these are
  // found in a seventh of the time that it takes to find ends of frames.
  const next = body + Math.floor(said / 3);
  const line = text.indexOf('\n', next);
  if (line >= 0 && line < end && text.indexOf('\0', next) < end) return undefined;
  const [before, after] = [text.slice(body, from), text.slice(to, end)];
  // What is cut out has to be one value: as many braces are open before it as are closed behind it.
  if (!before.includes('"event":"Surveillance"') || depth(before) + depth(after) !== 0) return undefined;
  const rest = `${before}0${after}`;
  // As long as it was, so that the places in the frame stay.
  const thin = head.replace(/^content-length:(\d+)$/m, (_all, { length }) => (
    `content-length:${String(UTF8.encode(rest).length).padStart(length, '0')}`));
  // A copy: put together from slices it would keep the whole in memory.
  const bytes = UTF8.encode(thin + rest + text.slice(end));
  return { text: new TextDecoder().decode(bytes), more: to - from - 1 };
}

const depth = (json) => json.split('{').length - json.split('}').length;
