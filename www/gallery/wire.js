/** The other end of the toolbar's link, as a record has it. */

const bodyOf = (frame) => frame.slice(frame.indexOf('\n\n') + 2, frame.indexOf('\0'));

/** Frames of a text, without the line feeds between them. */
const framesOf = (text) => text.split('\0').map((frame) => frame.trimStart()).filter(Boolean);

const parsed = (body) => {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
};

/** What the SDK asks by itself, again and again, and the event that says it: it is answered whenever it is asked, and not when it was. */
export const ASKED_ALWAYS = { heartbeat: '', groupQueueNum: 'GroupQueueNum', idleAgent: 'IdleAgent', groupInfo: 'GroupInfo' };

/** How long an answer to that takes, ms. */
const LATENCY = 32;

/**
 * Puts a WebSocket of its own in place of the browser's. A request is numbered by the time at which it was made, so those of
 * the record are not those of its play: each answer gets the number of the request that it answers.
 */
export function takeWire(clock) {
  let socket;
  let refuses = false;
  const asked = new Map();
  const numbers = new Map();
  const latest = new Map();

  class PlayedSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    readyState = 0;
    protocol = 'v12.stomp';
    binaryType = 'blob';

    constructor(url) {
      super();
      this.url = String(url);
      socket = this;
      if (refuses) setTimeout(() => this.happens('close', { code: 1006 }), 20);
    }

    happens(what, more = {}) {
      if (this.readyState === 3) return;
      if (what === 'open') this.readyState = 1;
      if (what === 'close') this.readyState = 3;
      const event = what === 'message' ? new MessageEvent(what, more) : what === 'close' ? new CloseEvent(what, more) : new Event(what);
      this[`on${what}`]?.(event);
      this.dispatchEvent(event);
    }

    close() { this.happens('close', { code: 1000, wasClean: true }); }

    send(data) {
      const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
      for (const frame of framesOf(text)) {
        if (!frame.startsWith('SEND')) continue;
        const { request, sequence } = parsed(bodyOf(`${frame}\0`));
        asked.set(request, sequence);
        if (request in ASKED_ALWAYS) setTimeout(() => this.#answers(request, sequence), LATENCY);
      }
    }

    #answers(request, sequence) {
      const head = `MESSAGE\nsubscription:sub-0\ndestination:/topic/gallery\nmessage-id:${sequence}\n\n`;
      const say = (content) => this.happens('message', { data: `${head}${JSON.stringify(content)}\0` });
      say({ type: 'response', response: request, sequence, status: 0, msg: 'success' });
      if (latest.has(request)) say({ ...latest.get(request), sequence, eventTime: clock.wall() });
    }
  }
  window.WebSocket = PlayedSocket;
  // A link that stands is never quiet for long.
  setInterval(() => { if (socket?.readyState === 1) socket.happens('message', { data: '\n' }); }, 500);

  const renumbered = (text) => {
    let played = text;
    for (const frame of framesOf(text)) {
      const said = parsed(bodyOf(`${frame}\0`));
      if (said.type === 'response' && asked.has(said.response)) numbers.set(said.sequence, asked.get(said.response));
      const [request] = Object.entries(ASKED_ALWAYS).find(([, event]) => event && event === said.event) ?? [];
      // No record has the answers to what is asked always.
      const number = numbers.get(said.sequence) ?? asked.get(request);
      if (number) played = played.replaceAll(`"sequence":${said.sequence}`, `"sequence":${number}`);
      if (request) latest.set(request, said);
    }
    return played;
  };

  return {
    opened: () => socket.happens('open'),
    closed: ({ code = 1006 }) => socket.happens('close', { code }),
    received: (data) => socket.happens('message', { data: renumbered(data) }),
    /** Nobody is taken any more. */
    refuses: () => { refuses = true; },
  };
}
