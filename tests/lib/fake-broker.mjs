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

/** The events that follow a request: name and data. Only as much of a contact centre as the captured commands need. */
const EVENTS = {
  login: ({ loginType }) => [['Login', { ...LOGIN, loginType }]],
  idle: () => [['Idle', { loginType: '1' }]],
  busy: ({ busyType = '' }) => [['Busy', { currentBusyType: busyType }]],
  makeCall: () => [['MakeCall', null],
    ...['AgentOriginate', 'AgentRinging', 'AgentAnswer', 'CalledRinging', 'CalledAnswer', 'Conversation'].map((name) => [name, CALL])],
  cancelCall: () => [['CancelCall', null], ['After', { ...CALL, cause: 0, hangupDirection: 0, agentAutoIdle: 0, agentAutoIdleTime: 0 }]],
  logout: () => [['Logout', {}]],
  heartbeat: () => [],
};

/** A broker and contact centre that answers one client and keeps every frame it was sent. Serves the built package as well. */
export async function startFakeBroker() {
  const site = await serve({ '/pkg/': PKG });
  const frames = [];
  const sockets = new WebSocketServer({
    server: site.server,
    handleProtocols: (offered) => (offered.has('v11.stomp') ? 'v11.stomp' : [...offered][0]),
  });

  sockets.on('connection', (socket) => {
    let pending = '';
    let destination;
    let sent = 0;
    let eventTime = Date.now();

    function message(content) {
      sent += 1;
      socket.send(frameText('MESSAGE', {
        subscription: 'sub-0', destination, 'message-id': `T_sub-0@@1@@${sent}`, redelivered: 'false',
      }, JSON.stringify(content)));
    }

    function answer(request) {
      const { sequence } = request;
      message({ type: 'response', response: request.request, sequence, status: 0, msg: 'success' });
      for (const [event, data] of EVENTS[request.request](request)) {
        eventTime += 1;
        message({ type: 'event', event, nowState: event, eventTime, sequence, companyId: 'demo', agentNumber: '1001', data });
      }
    }

    function receive(frame) {
      frames.push(frame);
      if (frame.command === 'CONNECT') {
        socket.send(frameText('CONNECTED', { version: '1.1', 'heart-beat': '50000,50000', session: 'session-1', server: 'fake/1' }));
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
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await site.stop();
    },
  };
}
