const UTF8 = new TextEncoder();

/** Writes a text as UTF-8; gives how many bytes that were. */
const toUtf8 = (from, into) => UTF8.encodeInto(from, into).written;
