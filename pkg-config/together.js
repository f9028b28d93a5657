// A wasm stands in a script as text and taken apart: a part of it holds all that the code has of one kind. See together.wat.
function together(text, spare, lengths, size) {
  // Read as another charset than UTF-8 the text says something else.
  if (spare.codePointAt(5) !== 24231) return undefined;

  const characters = __together__;
  const code = new Uint8Array(characters.length);
  for (let at = 0; at < code.length; at++) code[at] = characters.charCodeAt(at);
  const { memory, together } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
  // What is made begins here, and behind it the text, of at most three bytes for each character.
  const start = 1024;
  const end = start + size;
  memory.grow((end + 3 * text.length) >> 16);
  const bytes = new Uint8Array(memory.buffer);
  for (let byte = 0; byte < 128; byte++) bytes[byte] = byte;
  __unable__.forEach((byte, i) => { bytes[spare.charCodeAt(i)] = byte; });
  let at = end;
  new Uint32Array(memory.buffer, 704).set(lengths.map((length) => (at += length) - length));
  const { written } = new TextEncoder().encodeInto(text, bytes.subarray(end));
  together(start, end, end + written);
  return bytes.subarray(start, end);
}
