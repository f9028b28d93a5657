/**
 * What a session does, as OpenTelemetry has it: spans, metrics and logs, sent to a collector by OTLP over HTTP as JSON. It is
 * loaded only where the page gives `telemetry`, and stands between the wasm and the page, which know nothing of it: it sees each
 * socket, each frame that goes out and each message. Of these it keeps names, numbers of commands and times; no telephone
 * number, no password and no token is ever taken over.
 */

// -- the form of OTLP --------------------------------------------------------------

const hex = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** ms since 1970 by a clock that nobody sets meanwhile. */
const now = () => performance.timeOrigin + performance.now();

// As text: they are more than a number of JavaScript can hold.
const nanos = (ms) => `${Math.round(ms * 1000)}000`;

function value(given) {
  if (typeof given === 'boolean') return { boolValue: given };
  if (Number.isInteger(given)) return { intValue: String(given) };
  return typeof given === 'number' ? { doubleValue: given } : { stringValue: String(given) };
}

/** Attributes; what is undefined or null is none. */
const keyed = (attributes) => Object.entries(attributes).filter(([, given]) => given !== undefined && given !== null)
  .map(([key, given]) => ({ key, value: value(given) }));

const CLIENT = 3;
const INTERNAL = 1;
const FAILED = 2;
const CUMULATIVE = 2;
const ERROR = 17;

class Span {
  #events = [];

  /** `parent`: the span that it is part of; undefined: it begins a trace. */
  constructor(name, kind, parent, attributes) {
    this.traceId = parent?.traceId ?? hex(16);
    this.spanId = hex(8);
    this.parent = parent;
    this.name = name;
    this.kind = kind;
    this.attributes = attributes;
    this.began = now();
  }

  /** What a request carries, so that whoever answers it can go on with the trace. */
  get context() {
    return `00-${this.traceId}-${this.spanId}-01`;
  }

  event(name) {
    // A long call may have many of them.
    if (this.#events.length < 128) this.#events.push({ timeUnixNano: nanos(now()), name });
  }

  /** Its form; `code`: the error that it ended by, `at`: when it ended. */
  ended(code, at = now()) {
    return {
      traceId: this.traceId,
      spanId: this.spanId,
      ...(this.parent && { parentSpanId: this.parent.spanId }),
      name: this.name,
      kind: this.kind,
      startTimeUnixNano: nanos(this.began),
      endTimeUnixNano: nanos(at),
      attributes: keyed({ ...this.attributes, 'error.type': code }),
      events: this.#events,
      status: code ? { code: FAILED, message: code } : {},
    };
  }
}

/** Upper bounds of how long something takes, s. */
const BOUNDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counters, histograms and gauges; each has a point for every combination of attributes. */
class Metrics {
  #began = nanos(now());
  #all = new Map();

  #point(name, form, attributes, made) {
    if (!this.#all.has(name)) this.#all.set(name, { form, points: new Map() });
    const { points } = this.#all.get(name);
    const key = JSON.stringify(attributes);
    if (!points.has(key)) points.set(key, { attributes: keyed(attributes), ...made() });
    return points.get(key);
  }

  count(name, attributes) {
    const point = this.#point(name, { unit: '1', kind: 'sum' }, attributes, () => ({ asInt: 0 }));
    point.asInt += 1;
  }

  /** So many s. */
  took(name, seconds, attributes) {
    const point = this.#point(name, { unit: 's', kind: 'histogram' }, attributes, () => (
      { count: 0, sum: 0, bucketCounts: Array.from({ length: BOUNDS.length + 1 }, () => 0), explicitBounds: BOUNDS }));
    point.count += 1;
    point.sum += seconds;
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    point.bucketCounts[at < 0 ? BOUNDS.length : at] += 1;
  }

  is(name, unit, measured) {
    if (!Number.isFinite(measured)) return;
    const point = this.#point(name, { unit, kind: 'gauge' }, {}, () => ({}));
    point.asDouble = measured;
    point.at = nanos(now());
  }

  get form() {
    const at = nanos(now());
    return [...this.#all].map(([name, { form: { unit, kind }, points }]) => {
      const dataPoints = [...points.values()].map(({ at: measured, count, asInt, bucketCounts, ...point }) => ({
        ...point,
        ...(kind !== 'gauge' && { startTimeUnixNano: this.#began }),
        timeUnixNano: measured ?? at,
        ...(asInt !== undefined && { asInt: String(asInt) }),
        ...(count !== undefined && { count: String(count), bucketCounts: bucketCounts.map(String) }),
      }));
      const sum = kind === 'sum' ? { isMonotonic: true } : {};
      const summed = kind === 'gauge' ? {} : { aggregationTemporality: CUMULATIVE, ...sum };
      return { name, unit, [kind]: { dataPoints, ...summed } };
    });
  }

  /** What was measured of what is over. */
  forget(name) {
    this.#all.delete(name);
  }
}

// -- sending -------------------------------------------------------------------------

/** Spans and logs that wait at most; the oldest go first. */
const MOST = 2048;
/** So many go at once. */
const BATCH = 256;
/** What a page that goes may still send, characters: the browser's limit is 64 KiB of all requests together. */
const LAST = 18_000;
/** Between two tries where the collector is not there, ms. */
const LONGEST_PAUSE = 300_000;

/** Sends now and then, and never so that anybody else notices: what cannot be sent waits, and is dropped in the end. */
class Exporter {
  #address;
  #headers;
  #interval;
  #around;
  #metrics;
  #waiting = { traces: [], logs: [] };
  #failures = 0;
  #timer;
  #isBusy = false;
  #isOver = false;

  constructor({ url, headers, interval }, around, metrics) {
    this.#address = String(url).replace(/\/+$/, '');
    this.#headers = { ...headers, 'content-type': 'application/json' };
    this.#interval = Math.max(Number(interval) || 15_000, 100);
    this.#around = around;
    this.#metrics = metrics;
    this.#wait();
  }

  add(signal, item) {
    const waiting = this.#waiting[signal];
    waiting.push(item);
    if (waiting.length > MOST) waiting.shift();
  }

  #body(signal, items) {
    const { resource, scope } = this.#around;
    const [outer, inner, list] = {
      traces: ['resourceSpans', 'scopeSpans', 'spans'],
      metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
      logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
    }[signal];
    return JSON.stringify({ [outer]: [{ resource, [inner]: [{ scope, [list]: items }] }] });
  }

  #wait() {
    if (this.#isOver) return;
    const pause = Math.min(this.#interval * 2 ** this.#failures, LONGEST_PAUSE);
    clearTimeout(this.#timer);
    // Not all agents at once when the collector comes back.
    this.#timer = setTimeout(() => this.#send(), this.#failures ? pause * (0.75 + Math.random() / 2) : pause);
  }

  async #post(signal, items) {
    const body = this.#body(signal, items);
    const response = await fetch(`${this.#address}/v1/${signal}`, {
      method: 'POST',
      headers: this.#headers,
      body,
      credentials: 'omit',
      // So that what is on its way arrives although the page goes.
      keepalive: body.length < LAST,
      signal: AbortSignal.timeout(10_000),
    });
    // Others than these say that it will never be taken.
    return ![429, 502, 503, 504].includes(response.status);
  }

  async #send() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (const [signal, waiting] of Object.entries(this.#waiting)) {
        while (waiting.length) {
          const batch = waiting.splice(0, BATCH);
          const taken = await this.#post(signal, batch).catch(() => false);
          if (!taken) {
            waiting.unshift(...batch);
            waiting.splice(0, waiting.length - MOST);
            this.#failures += 1;
            return;
          }
        }
      }
      const metrics = this.#metrics.form;
      // They say how it is now: the next ones say it again.
      const taken = !metrics.length || await this.#post('metrics', metrics).catch(() => false);
      this.#failures = taken ? 0 : this.#failures + 1;
    } finally {
      this.#isBusy = false;
      this.#wait();
    }
  }

  /** Sends what there is at once, as the page may go. */
  flush() {
    for (const [signal, waiting] of Object.entries(this.#waiting)) {
      let batch = waiting.splice(0);
      // The newest are what somebody who looks for the end wants to see.
      while (batch.length && this.#body(signal, batch).length > LAST) batch = batch.slice(Math.ceil(batch.length / 2));
      if (batch.length) this.#post(signal, batch).catch(() => {});
    }
    const metrics = this.#metrics.form;
    if (metrics.length) this.#post('metrics', metrics).catch(() => {});
  }

  end() {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.flush();
  }
}

// -- the session ---------------------------------------------------------------------

/** Events that tell nothing of a call of the agent's own. */
const LISTS = /^(Surveillance|QueueInfo|GroupQueueNum|IdleAgent|GroupInfo)$/;

/** What of a call is an event of its span when it becomes so, and when it ends. */
const TURNS = {
  hold: ({ held }) => held,
  mute: ({ muted }) => muted,
  consult: ({ consult }) => consult !== null,
  transfer: ({ transfer }) => transfer !== null,
  conference: ({ conference }) => conference,
};

class Telemetry {
  #sdk;
  #metrics = new Metrics();
  #exporter;
  /** Commands that were sent and have no outcome, by their number. */
  #commands = new Map();
  #timeout;
  #links = new Map();
  #connects = 0;
  #call;
  #phone;

  constructor(options, { timeout }, sdk, host, version) {
    this.#sdk = sdk;
    this.#timeout = Number(timeout) || 5000;
    this.#exporter = new Exporter(options, {
      resource: {
        attributes: keyed({
          'service.name': options.service ?? 'agent-toolbar',
          'service.version': version,
          'service.instance.id': hex(16),
          ...options.attributes,
        }),
      },
      scope: { name: 'agent-toolbar', version },
    }, this.#metrics);
    this.#watch(host);
  }

  #watch(host) {
    const after = (name, note) => {
      const before = host[name];
      host[name] = (...values) => {
        before(...values);
        quietly(note, values);
      };
    };
    after('opened', () => this.#connected());
    after('received', ([body, , from, to]) => this.#received(body.slice(from, to)));
    after('settled', ([sequence, error]) => this.#settled(sequence, error?.code));
    const { sockets } = host;
    for (const socket of sockets) this.#link(socket);
    sockets.add = (socket) => {
      quietly(() => this.#link(socket));
      return Set.prototype.add.call(sockets, socket);
    };
    const failed = this.#sdk.on('Exception', (error) => quietly(() => this.#failed(error)));
    const { signal } = host.ending;
    // Nobody knows whether it comes back.
    addEventListener('pagehide', () => {
      this.#end();
      this.#exporter.flush();
    }, { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.#exporter.flush(), { signal });
    signal.addEventListener('abort', () => {
      this.#sdk.off('Exception', failed);
      this.#end();
      this.#exporter.end();
    });
  }

  #ended(span, code, at) {
    this.#exporter.add('traces', span.ended(code, at));
  }

  // -- the link

  #link(socket) {
    const { hostname, port, protocol } = new URL(socket.url);
    const span = new Span('link', CLIENT, undefined, {
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'wss:' ? 443 : 80),
      'network.protocol.name': 'websocket',
    });
    this.#links.set(socket, span);
    socket.addEventListener('open', () => span.event('open'));
    socket.addEventListener('close', ({ wasClean, code }) => {
      if (!this.#links.delete(socket)) return;
      span.attributes['agent_toolbar.close.code'] = code;
      this.#ended(span, wasClean ? undefined : 'LINK_LOST');
      for (const sequence of [...this.#commands.keys()]) this.#settled(sequence, 'LINK_LOST');
    });
    const send = socket.send.bind(socket);
    socket.send = (text) => {
      let traced = text;
      quietly(() => { traced = this.#sent(text); });
      send(traced);
    };
  }

  #connected() {
    if (this.#connects > 0) this.#metrics.count('agent_toolbar.reconnects', {});
    this.#connects += 1;
    for (const span of this.#links.values()) span.event('connected');
  }

  // -- commands

  /** The frame that goes out: a command says which span it is. */
  #sent(text) {
    if (typeof text !== 'string' || !text.startsWith('SEND\n')) return text;
    const { request, sequence } = JSON.parse(text.slice(text.indexOf('\n\n') + 2, text.lastIndexOf('\0')));
    // These say nothing but that the link is there.
    if (request === 'heartbeat') return text;
    const span = new Span(`command ${request}`, CLIENT, this.#call?.span, { 'agent_toolbar.request': request });
    const timer = setTimeout(() => this.#settled(sequence, 'COMMAND_TIMEOUT'), this.#timeout);
    this.#commands.set(sequence, { span, timer });
    return `SEND\ntraceparent:${span.context}\n${text.slice(5)}`;
  }

  #answered(sequence, status) {
    const command = this.#commands.get(sequence);
    if (!command || command.answeredAt) return;
    command.answeredAt = now();
    command.span.event('answered');
    this.#metrics.took('agent_toolbar.command.latency', (command.answeredAt - command.span.began) / 1000, { ...command.span.attributes });
    if (status !== 0) {
      command.span.attributes['agent_toolbar.status'] = status;
      this.#settled(sequence, 'REFUSED');
      return;
    }
    // Of some commands nothing more is told than that they were accepted.
    clearTimeout(command.timer);
    command.timer = setTimeout(() => this.#settled(sequence, undefined, command.answeredAt), 10_000);
  }

  #settled(sequence, code, at) {
    const command = this.#commands.get(sequence);
    if (!command) return;
    this.#commands.delete(sequence);
    clearTimeout(command.timer);
    this.#ended(command.span, code, at);
    this.#metrics.count('agent_toolbar.commands', { ...command.span.attributes, 'error.type': code });
  }

  // -- messages

  #received(json) {
    const { type, event, sequence, status } = JSON.parse(json);
    if (type === 'response') return this.#answered(sequence, status);
    if (event === undefined) return;
    const isCall = !LISTS.test(event);
    // A call that a command has begun is part of its trace.
    if (isCall) this.#follow(this.#sdk.snapshot(), this.#commands.get(sequence)?.span);
    if (sequence) this.#settled(sequence, event.endsWith('Fail') ? 'COMMAND_FAILED' : undefined);
  }

  #failed({ code }) {
    this.#exporter.add('logs', {
      timeUnixNano: nanos(now()),
      severityNumber: ERROR,
      severityText: 'ERROR',
      body: { stringValue: code },
      attributes: keyed({ 'error.type': code }),
      ...(this.#call && { traceId: this.#call.span.traceId, spanId: this.#call.span.spanId }),
    });
    this.#metrics.count('agent_toolbar.errors', { 'error.type': code });
  }

  // -- calls

  #follow(snapshot, parent) {
    this.#listen();
    const { call, wrapUp } = snapshot ?? {};
    const known = this.#call;
    if (known && (!call || (known.id && call.id && known.id !== call.id))) this.#over(wrapUp?.callId === known.id ? wrapUp : undefined);
    if (!call) return;
    this.#call ??= { span: new Span('call', INTERNAL, parent, {}), on: {} };
    const mine = this.#call;
    mine.id ||= call.id;
    mine.direction ??= call.direction;
    if (call.watch) mine.watch = call.watch.kind;
    if (call.since !== null && !mine.talked) {
      mine.talked = true;
      mine.span.event('conversation');
      this.#metrics.took('agent_toolbar.call.setup', (now() - mine.span.began) / 1000, { 'agent_toolbar.call.direction': mine.direction });
    }
    for (const [name, test] of Object.entries(TURNS)) {
      const is = Boolean(test(call));
      if (is !== Boolean(mine.on[name])) mine.span.event(is ? name : `${name} ended`);
      mine.on[name] = is;
    }
  }

  /** The call is over; `wrapUp` says why, where that is known. */
  #over(wrapUp) {
    const { span, id, direction, talked, watch, mos } = this.#call;
    this.#call = undefined;
    const why = { 'agent_toolbar.call.direction': direction, 'agent_toolbar.call.answered': Boolean(talked), 'agent_toolbar.call.cause': wrapUp?.cause };
    Object.assign(span.attributes, why, {
      'agent_toolbar.call.id': id || undefined,
      'agent_toolbar.call.other_hung_up': wrapUp?.otherHungUp,
      'agent_toolbar.call.watch': watch,
      'agent_toolbar.call.mos.min': mos,
    });
    this.#ended(span);
    this.#metrics.count('agent_toolbar.calls', why);
    for (const name of ['mos', 'jitter', 'loss', 'round_trip']) this.#metrics.forget(`agent_toolbar.call.${name}`);
  }

  /** The phone in the page says how a call sounds. */
  #listen() {
    const phone = this.#sdk.getSoftPhoneInstance();
    if (!phone || phone === this.#phone) return;
    this.#phone = phone;
    phone.on('Quality', ({ mos, jitter, loss, roundTrip }) => quietly(() => {
      if (this.#call) this.#call.mos = Math.min(mos, this.#call.mos ?? mos);
      this.#metrics.is('agent_toolbar.call.mos', '1', mos);
      this.#metrics.is('agent_toolbar.call.jitter', 's', jitter / 1000);
      this.#metrics.is('agent_toolbar.call.loss', '%', loss);
      this.#metrics.is('agent_toolbar.call.round_trip', 's', roundTrip / 1000);
    }));
  }

  /** Whatever goes on is not followed any further. */
  #end() {
    if (this.#call) this.#over();
    for (const sequence of [...this.#commands.keys()]) this.#settled(sequence, 'LINK_LOST');
    for (const span of this.#links.values()) this.#ended(span);
    this.#links.clear();
  }
}

/** A mistake here is none of the toolbar's. */
function quietly(run, ...values) {
  try {
    run(...values);
  } catch { /* something is not measured */ }
}

/** Follows a session from here on. */
export function begin(options, sdk, host, version) {
  const { telemetry } = options;
  if (!/^https?:\/\//.test(new URL(telemetry.url, location.href).href)) throw new TypeError('telemetry.url must begin with http:// or https://');
  new Telemetry(telemetry, options, sdk, host, version);
}
