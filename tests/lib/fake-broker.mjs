import { WebSocketServer } from 'ws';
import { PKG } from './paths.mjs';
import { serve } from './static.mjs';
import { frameText, header, readFrame } from './stomp-frame.mjs';

const CALL = { callDirection: 2, caller: '1001', called: '13800138000', occCallId: 'call-1', callType: 'normal' };

const LOGIN = {
  token: 'tok123', agentType: 0, groupIdList: ['g1'], groupInfoList: [{ id: 'g1', name: '一组', isMaster: 1 }], ivrList: [],
  busyType: '小休', agentMakeCall: 1, registered: 0, queueNum: 0, domain: 'sandbox.invalid', sipId: '', sipPassword: '',
  webrtcSipId: '', webrtcSipPassword: '', webrtcDomain: '', registerSipIp: '127.0.0.1',
};

/** The events that follow a request: name, data, and the state where it is not the name. Only as much of a contact centre as the captured commands need. */
const EVENTS = {
  login: ({ loginType }, login) => [['Login', { ...login, loginType }]],
  reconnect: (_, login) => [['Reconnect', { loginType: 1, ...login }, 'Idle']],
  idle: () => [['Idle', { loginType: '1' }]],
  busy: ({ busyType = '' }) => [['Busy', { currentBusyType: busyType }]],
  makeCall: () => [['MakeCall', null],
    ...['AgentOriginate', 'AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation'].map((name) => [name, CALL])],
  cancelCall: () => [['CancelCall', null], ['After', { ...CALL, cause: 0, hangupDirection: 0, agentAutoIdle: 0, agentAutoIdleTime: 0 }]],
  logout: () => [['Logout', {}]],
};

/**
 * A broker and contact centre that answers one client and keeps every frame it was sent; `login` changes what it says of the
 * agent, `refuses` tells by a request's name which ones it refuses, `events` what follows others, `binary` that it sends bytes
 * instead of text, `error` what it says to a client instead of taking it, and `heartBeat` what it promises. Serves the built
 * package as well.
 */
export async function startFakeBroker({ login, events = {}, refuses = () => false, binary = false, error, heartBeat = '50000,50000' } = {}) {
  const site = await serve({ '/pkg/': PKG });
  const frames = [];
  let client;
  // How much later than here it is there.
  let ahead = 0;
  const sockets = new WebSocketServer({
    server: site.server,
    handleProtocols: (offered) => (offered.has('v11.stomp') ? 'v11.stomp' : [...offered][0]),
  });

  sockets.on('connection', (socket) => {
    let pending = '';
    let destination;
    let sent = 0;
    let eventTime = 0;

    const send = (text) => socket.send(binary ? Buffer.from(text) : text);

    function frame(content) {
      sent += 1;
      return frameText('MESSAGE', {
        subscription: 'sub-0', destination, 'message-id': `T_sub-0@@1@@${sent}`, redelivered: 'false',
      }, JSON.stringify(content));
    }
    const message = (content) => send(frame(content));

    /** An event of this moment; no two are of the same ms. */
    function event(name, data, nowState = name, sequence = 0) {
      eventTime = Math.max(Date.now() + ahead, eventTime + 1);
      return { type: 'event', event: name, nowState, eventTime, sequence, companyId: 'demo', agentNumber: '1001', data };
    }
    client = {
      push: (...contents) => send(contents.map(frame).join('')),
      tell: (name, data, nowState) => message(event(name, data, nowState)),
      close: () => socket.close(),
      hang: () => socket.removeAllListeners('message'),
    };

    function answer(request) {
      const { sequence } = request;
      if (refuses(request.request)) {
        message({ type: 'response', response: request.request, sequence, status: 1101, msg: 'refused' });
        return;
      }
      message({ type: 'response', response: request.request, sequence, status: 0, msg: 'success' });
      for (const [name, data, nowState] of { ...EVENTS, ...events }[request.request]?.(request, { ...LOGIN, ...login }) ?? []) {
        message(event(name, data, nowState, sequence));
      }
    }

    function receive(frame) {
      frames.push(frame);
      if (frame.command === 'CONNECT' && error !== undefined) {
        send(frameText('ERROR', { message: 'Bad CONNECT', 'content-type': 'text/plain' }, error));
        socket.close();
      } else if (frame.command === 'CONNECT') {
        send(frameText('CONNECTED', { version: '1.1', 'heart-beat': heartBeat, session: 'session-1', server: 'fake/1' }));
      } else if (frame.command === 'SUBSCRIBE') {
        destination = header(frame, 'destination');
      } else if (frame.command === 'SEND') {
        answer(JSON.parse(frame.body));
      }
    }

    socket.on('message', (data) => {
      const parts = (pending + data).split('\0');
      pending = parts.pop();
      // A lone LF between frames is a heart-beat.
      for (const part of parts) receive(readFrame(part.replace(/^\n+/, '')));
    });
  });

  return {
    origin: site.origin,
    url: `${site.origin.replace('http', 'ws')}/ws`,
    frames,
    /** Sends these to the client that connected last, whether it asked for them or not, in one WebSocket message. */
    push: (...contents) => client.push(...contents),
    /** Sends it an event of this moment. `nowState` null: it tells no state. */
    tell: (name, data, nowState) => client.tell(name, data, nowState),
    /** Lets so much time pass there; the client learns of it by an event that changes nothing. */
    pass: (ms) => {
      ahead += ms;
      client.tell('QueueInfo', [], null);
    },
    /** Lets its link hang: open, and nothing comes of it any more. */
    hang: () => client.hang(),
    /** Closes its link. */
    drop: () => client.close(),
    /** How many clients are there. */
    clients: () => sockets.clients.size,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await site.stop();
    },
  };
}
