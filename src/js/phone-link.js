/** The phone's WebSocket: one at a time. Of one that was closed or replaced nothing is heard any more. */
class PhoneLink {
  #url;
  #heard;
  #received;
  #socket;

  constructor(url, heard, received) {
    this.#url = url;
    this.#heard = heard;
    this.#received = received;
  }

  /** False: the browser refuses the address outright. */
  open() {
    this.close();
    try {
      const socket = this.#socket = new WebSocket(this.#url, 'sip');
      // Text is the rule; binary messages are read all the same.
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => this.#heard('open');
      socket.onclose = () => {
        this.#socket = undefined;
        this.#heard('closed');
      };
      socket.onmessage = ({ data }) => this.#received(data instanceof ArrayBuffer ? new Uint8Array(data) : new TextEncoder().encode(data));
      return true;
    } catch {
      return false;
    }
  }

  /** One that is not open drops it: what is wrong with it is told. */
  send(text) {
    if (this.#socket?.readyState === 1) this.#socket.send(text);
  }

  close() {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }
}
