/** A STOMP frame as text, as RabbitMQ sends it: NUL and LF at the end, the length of the body in front. */
export function frameText(command, headers, body = '') {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join('');
  const length = body ? `content-length:${Buffer.byteLength(body)}\n` : '';
  return `${command}\n${lines}${length}\n${body}\0\n`;
}

/** Reads a frame without its NUL. Headers keep their order. */
export function readFrame(text) {
  const end = text.indexOf('\n\n');
  const [command, ...lines] = text.slice(0, end).split('\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  return { command, headers, body: text.slice(end + 2) };
}

export const header = ({ headers }, name) => headers.find(([key]) => key === name)?.[1];
