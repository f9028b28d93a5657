// Stands for the network: answers as a broker with a contact centre behind it, and hands over what it is given, at once and in a loop.
// Agents log in, stay logged in and become ready; every other request is granted and changes nothing.
class FakeWebSocket extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  static STATES = { login: 'Login', reconnect: 'Reconnect', idle: 'Idle' };
  static LOGIN = { token: 'token-1', agentType: 0, groupIdList: ['g-sales'], agentMakeCall: 1, queueNum: 0, loginType: 1 };
  CONNECTING = 0;
  OPEN = 1;
  CLOSING = 2;
  CLOSED = 3;
  readyState = 0;
  bufferedAmount = 0;
  binaryType = 'blob';
  extensions = '';
  listening = false;
  sent = 0;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;

  constructor(url, protocols) {
    super();
    this.url = String(url);
    this.protocol = protocols === undefined ? '' : [protocols].flat()[0];
    FakeWebSocket.last = this;
    setTimeout(() => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      const event = new Event('open');
      this.onopen?.(event);
      this.dispatchEvent(event);
    });
  }

  addEventListener(name, listener, options) {
    if (name === 'message') this.listening = true;
    super.addEventListener(name, listener, options);
  }

  deliver(events) {
    for (const event of events) {
      this.onmessage?.(event);
      if (this.listening) this.dispatchEvent(event);
    }
  }

  answer(...texts) {
    setTimeout(() => this.deliver(texts.map((data) => new MessageEvent('message', { data }))));
  }

  message(content) {
    this.sent += 1;
    const body = JSON.stringify(content);
    const head = `subscription:sub-0\ndestination:${this.destination}\nmessage-id:T_sub-0@@session-1@@${this.sent}\nredelivered:false`;
    return `MESSAGE\n${head}\ncontent-length:${new TextEncoder().encode(body).length}\n\n${body}\0\n`;
  }

  send(data) {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    for (const frame of text.split('\0')) this.receive(frame.trimStart());
  }

  receive(frame) {
    const [head, body] = frame.split('\n\n');
    if (head.startsWith('CONNECT\n')) this.answer('CONNECTED\nversion:1.1\nheart-beat:0,0\n\n\0\n');
    if (head.startsWith('SUBSCRIBE\n')) this.destination = head.match(/^destination:(.*)$/m)[1];
    if (!head.startsWith('SEND\n')) return;
    const { request, sequence } = JSON.parse(body);
    const answers = [{ type: 'response', response: request, sequence, status: 0, msg: 'success' }];
    const state = FakeWebSocket.STATES[request];
    if (state) answers.push({ type: 'event', event: state, nowState: state === 'Reconnect' ? 'Login' : state, sequence, data: FakeWebSocket.LOGIN });
    this.answer(...answers.map((content) => this.message(content)));
  }

  close() {
    this.readyState = 3;
  }
}
window.WebSocket = FakeWebSocket;
