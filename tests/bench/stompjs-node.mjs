// How many MESSAGE frames a second @stomp/stompjs reads, JSON.parse of the body included.
//
//   node stompjs-node.mjs FILE…              per line `run` on standard input: one round, one line of JSON a file
//   node stompjs-node.mjs --rounds N FILE…   N rounds without being asked
//
// The way measured is the package's own and public one: a Client over a WebSocket object that is ours, so that no network takes
// part. Each frame is one WebSocket message, as RabbitMQ sends them. It goes through the Client's onmessage handler, its Parser,
// FrameImpl and the subscription's callback, which parses the body. Reading the file and cutting it into frames is not timed.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Client } from '@stomp/stompjs';

const CONNECTED = 'CONNECTED\nversion:1.1\nheart-beat:0,0\n\n\0\n';

/** What a Client needs of a WebSocket. Answers CONNECT and takes all else. */
class FakeSocket {
  url = 'ws://localhost/ws';
  protocol = 'v11.stomp';
  readyState = 1;

  send(text) {
    if (text.startsWith('CONNECT\n')) queueMicrotask(() => this.onmessage({ data: CONNECTED }));
  }

  close() {
    this.readyState = 3;
  }
}

/** A connected Client that counts what it reads; returns the function that gives it messages. */
async function connect() {
  const socket = new FakeSocket();
  const client = new Client({ webSocketFactory: () => socket, heartbeatIncoming: 0, heartbeatOutgoing: 0, reconnectDelay: 0 });
  await new Promise((resolve) => {
    client.onConnect = resolve;
    client.activate();
  });
  let read = 0;
  client.subscribe('/topic/agent', (message) => {
    if (JSON.parse(message.body).type === 'event') read += 1;
  }, { id: 'sub-0' });
  return (messages) => {
    read = 0;
    for (const message of messages) socket.onmessage(message);
    if (read !== messages.length) throw new Error(`read ${read} of ${messages.length} frames`);
  };
}

const args = process.argv.slice(2);
const rounds = args[0] === '--rounds' ? Number(args.splice(0, 2)[1]) : undefined;
const corpora = await Promise.all(args.map(async (file) => {
  const text = await readFile(file, 'utf8');
  return { file, messages: text.split('\0\n').slice(0, -1).map((frame) => ({ data: `${frame}\0\n` })) };
}));
const deliver = await connect();

function round() {
  for (const { file, messages } of corpora) {
    const started = process.hrtime.bigint();
    deliver(messages);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    console.log(JSON.stringify({ file, frames: messages.length, seconds, framesPerSecond: messages.length / seconds }));
  }
}

if (rounds === undefined) {
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() === 'run') round();
} else {
  for (let done = 0; done < rounds; done += 1) round();
}
