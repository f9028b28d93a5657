import { createHash, randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { until } from './until.mjs';

const REALM = 'fake.invalid';

/** Reads a SIP message: its first line, its headers by lower-case name (each a list), its body. */
export function readSip(text) {
  const end = text.indexOf('\r\n\r\n');
  const [line, ...fields] = text.slice(0, end).split('\r\n');
  const headers = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    (headers[field.slice(0, colon).trim().toLowerCase()] ??= []).push(field.slice(colon + 1).trim());
  }
  const status = line.startsWith('SIP/2.0 ') ? Number(line.slice(8, 11)) : undefined;
  return { line, method: status ? undefined : line.split(' ')[0], status, headers, body: text.slice(end + 4), text };
}

/** One header of a message. */
const header = ({ headers }, name) => headers[name]?.[0];

const branchOf = (message) => header(message, 'via').match(/branch=([^;,\s]+)/)[1];

/** Where the phone sends what it says later in a call. */
const CONTACT = '<sip:fake@127.0.0.1;transport=ws>';

/** The name that Node has for each algorithm of a digest. */
const HASHES = { MD5: 'md5', 'SHA-256': 'sha256' };

function writeSip(line, headers, body = '') {
  const fields = headers.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${line}\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/**
 * A SIP server that speaks to one phone and does whatever the test wants, which no real one can be brought to do. `password`:
 * it asks for a digest by one of these `algorithms`; `registrar` gives the status of a REGISTER that it would take, `expires` how many seconds it lasts then; `onCall` is given the INVITE of a phone
 * that calls, and answers it by what it returns: `{ status, sdp, headers }`. Every other request is answered by 200.
 */
export async function startFakePeer({ password, algorithms = ['MD5'], registrar = () => 200, expires, onCall = () => ({ status: 486 }) } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: (offered) => offered.has('sip') && 'sip' });
  await new Promise((resolve) => { server.once('listening', resolve); });
  const received = [];
  const calls = new Map();
  const waiting = new Map();
  let socket;
  let contact;
  let branch = 0;
  let stopped = false;

  const send = (text) => socket.send(text);

  /** Answers a request. */
  function answer(request, status, { to, headers = [], sdp, reason = 'Whatever' } = {}) {
    const copied = ['via', 'from', 'call-id', 'cseq'].flatMap((name) => request.headers[name].map((value) => [name, value]));
    const theirs = header(request, 'to');
    const tag = /;\s*tag=/.test(theirs) || status === 100 ? '' : `;tag=${to ?? 'fake'}`;
    send(writeSip(`SIP/2.0 ${status} ${reason}`, [
      ...copied, ['To', theirs + tag], ...headers, ...(sdp ? [['Contact', CONTACT], ['Content-Type', 'application/sdp']] : []),
    ], sdp));
  }

  /** Whether the request proves that its sender knows the password (RFC 8760, with qop). */
  function proves(request) {
    const text = header(request, 'authorization');
    if (!text) return false;
    const value = (name) => text.match(new RegExp(`[ ,]${name}="?([^",]*)`))?.[1] ?? '';
    const algorithm = value('algorithm') || 'MD5';
    if (!algorithms.includes(algorithm)) return false;
    const hash = (words) => createHash(HASHES[algorithm]).update(words).digest('hex');
    const secret = hash(`${value('username')}:${REALM}:${password}`);
    const asked = hash(`${request.method}:${value('uri')}`);
    return value('response') === hash([secret, value('nonce'), value('nc'), value('cnonce'), value('qop'), asked].join(':'));
  }

  function register(request) {
    if (password !== undefined && !proves(request)) {
      const challenge = (algorithm) => `Digest realm="${REALM}", nonce="${randomUUID()}", algorithm=${algorithm}, qop="auth"`;
      answer(request, 401, { headers: algorithms.map((algorithm) => ['WWW-Authenticate', challenge(algorithm)]) });
      return;
    }
    const status = registrar(request);
    contact = header(request, 'contact');
    const taken = contact.replace(/;expires=\d+/, '');
    const asked = Number(contact.match(/;expires=(\d+)/)?.[1] ?? header(request, 'expires') ?? 600);
    answer(request, status, { headers: status === 200 ? [['Contact', `${taken};expires=${Math.min(asked, expires ?? asked)}`]] : [] });
  }

  /** A phone calls, or offers something new in a call. */
  async function invited(request) {
    const call = calls.get(header(request, 'call-id'));
    if (call) {
      call.offers.push(request);
      if (call.refuseOffers) answer(request, call.refuseOffers);
      else answer(request, 200, { sdp: await call.answerOffer(request.body) });
      return;
    }
    const { status, sdp, headers = [] } = await onCall(request);
    const made = callOf(request);
    if (status >= 200 && status < 300) calls.set(header(request, 'call-id'), made);
    answer(request, status, { to: made.tag, sdp, headers });
  }

  function receive(text) {
    // A lone CRLF keeps the link alive, and is answered by one.
    if (text.trim() === '') {
      if (text === '\r\n\r\n') send('\r\n');
      return;
    }
    const message = readSip(text);
    received.push(message);
    if (message.status !== undefined) waiting.get(`${header(message, 'cseq').split(' ')[1]} ${branchOf(message)}`)?.(message);
    else if (message.method === 'REGISTER') register(message);
    else if (message.method === 'INVITE') {
      invited(message).catch((error) => {
        // Whoever was about to answer may be gone with the test.
        if (!stopped) throw error;
      });
    } else if (message.method !== 'ACK') answer(message, message.method === 'REFER' ? 202 : 200);
  }

  server.on('connection', (opened) => {
    socket = opened;
    opened.on('message', (data) => receive(String(data)));
  });

  function newBranch() {
    branch += 1;
    return `z9hG4bK-fake-${branch}`;
  }

  /** Sends a request and gives its final answer; `provisional` is told the others. A CANCEL has the branch of what it takes back. */
  function ask(method, uri, headers, body, provisional = () => {}, id = newBranch()) {
    return new Promise((resolve) => {
      waiting.set(`${method} ${id}`, (response) => {
        if (response.status < 200) provisional(response);
        else resolve(response);
      });
      send(writeSip(`${method} ${uri} SIP/2.0`, [['Via', `SIP/2.0/WS fake.invalid;branch=${id}`], ['Max-Forwards', '70'], ...headers], body));
    });
  }

  const uriOf = (value) => value.match(/<([^>]*)>/)?.[1] ?? value.split(';')[0];

  /** A call with the phone, seen from here. */
  function dialog({ callId, local, remote, target, tag }) {
    let cseq = 0;
    const call = {
      callId,
      tag,
      provisional: [],
      /** Re-INVITEs of the phone. */
      offers: [],
      /** The status that they are refused with, if they are. */
      refuseOffers: undefined,
      /** Answers them. */
      answerOffer: () => '',
      remote,
      target,
      /** What the phone has sent in this call under this method. */
      requests: (method) => received.filter((one) => one.method === method && header(one, 'call-id') === callId),
      /** Sends a request in the call. */
      async request(method, { headers = [], type, body } = {}) {
        cseq += 1;
        const number = cseq;
        const id = newBranch();
        if (number === 1) call.branch = id;
        const response = await ask(method, call.target, [
          ['From', local], ['To', call.remote], ['Call-ID', callId], ['Contact', CONTACT], ['CSeq', `${number} ${method}`],
          ...headers, ['Content-Type', type],
        ], body, (one) => call.provisional.push(one.status), id);
        if (method === 'INVITE') {
          const taken = response.status < 300;
          if (taken) {
            call.remote = header(response, 'to');
            call.target = uriOf(header(response, 'contact'));
          }
          send(writeSip(`ACK ${call.target} SIP/2.0`, [
            ['Via', `SIP/2.0/WS fake.invalid;branch=${taken ? newBranch() : id}`], ['Max-Forwards', '70'],
            ['From', local], ['To', header(response, 'to')], ['Call-ID', callId], ['CSeq', `${number} ACK`],
          ]));
        }
        return response;
      },
      /** Offers something new. */
      offer: (sdp) => call.request('INVITE', { type: 'application/sdp', body: sdp }),
      hangUp: () => call.request('BYE'),
      /** The caller gives up before the phone has answered. */
      cancel() {
        ask('CANCEL', call.target, [['From', local], ['To', call.remote], ['Call-ID', callId], ['CSeq', '1 CANCEL']], undefined, undefined, call.branch);
      },
    };
    return call;
  }

  function callOf(request) {
    const tag = `fake-${randomUUID()}`;
    return dialog({
      callId: header(request, 'call-id'), tag, local: `${header(request, 'to')};tag=${tag}`, remote: header(request, 'from'),
      target: uriOf(header(request, 'contact')),
    });
  }

  const url = `ws://127.0.0.1:${server.address().port}/`;
  return {
    url,
    /** What `new SoftPhoneSdk` takes to register here. */
    options: (more = {}) => ({ url, domain: REALM, account: 'phone', password: password ?? 'any-password', lang: 'en', ...more }),
    /** Every message that came, read. */
    received,
    header,
    /** Waits for the `nth` request of this method. */
    request: (method, nth = 1) => until(
      () => received.filter((one) => one.method === method)[nth - 1],
      { what: `the phone sends ${method}, number ${nth}` },
    ),
    /** The call that the phone has made with this INVITE. */
    callOf: (request) => calls.get(header(request, 'call-id')),
    /** Rings the phone; `call.final` is the answer in the end. */
    ring(sdp, { from = '13800138000', headers = {} } = {}) {
      const callId = randomUUID();
      const call = dialog({
        callId, tag: `ring-${callId}`, local: `"${from}" <sip:${from}@${REALM}>;tag=ring-${callId}`, remote: `<sip:phone@${REALM}>`,
        target: uriOf(contact),
      });
      calls.set(callId, call);
      call.final = call.request('INVITE', { headers: Object.entries(headers), type: 'application/sdp', body: sdp });
      call.rings = () => until(() => call.provisional.includes(180), { what: 'the phone rings' });
      return call;
    },
    drop: () => socket.terminate(),
    stop: async () => {
      stopped = true;
      for (const one of server.clients) one.terminate();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
