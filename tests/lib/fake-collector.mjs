import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { until } from './until.mjs';

// The form of OTLP's JSON, by the messages of its proto files: each member by its JSON name, with what its value must be.

const text = (value) => typeof value === 'string';
const integer = (value) => Number.isInteger(value);
// fixed64, int64 and uint64 stand as decimal text.
const decimal = (value) => text(value) && /^-?\d{1,20}$/.test(value);
const time = (value) => text(value) && /^[1-9]\d{18}$/.test(value);
// As hexadecimal, against the rule of protobuf's JSON, which has base64; not all of it 0.
const id = (bytes) => (value) => text(value) && new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(value) && /[1-9a-f]/.test(value);
const number = (value) => typeof value === 'number' && Number.isFinite(value);
const list = (of) => (value, path) => {
  assert.ok(Array.isArray(value), `${path} is a list`);
  value.forEach((one, at) => holds(of, one, `${path}[${at}]`));
  return true;
};
const message = (members, needed = []) => (value, path) => {
  assert.ok(value !== null && typeof value === 'object' && !Array.isArray(value), `${path} is an object`);
  for (const name of needed) assert.ok(name in value, `${path} has ${name}`);
  for (const [name, one] of Object.entries(value)) {
    assert.ok(name in members, `${path} may have ${name}`);
    holds(members[name], one, `${path}.${name}`);
  }
  return true;
};
const holds = (form, value, path) => assert.ok(form(value, path), `${path} is ${JSON.stringify(value)}`);

const anyValue = (value, path) => message({
  stringValue: text, boolValue: (one) => typeof one === 'boolean', intValue: decimal, doubleValue: number,
})(value, path) && Object.keys(value).length === 1;
const attributes = (value, path) => list(message({ key: text, value: anyValue }, ['key', 'value']))(value, path)
  && new Set(value.map(({ key }) => key)).size === value.length;
const scope = message({ name: text, version: text, attributes, droppedAttributesCount: integer }, ['name']);
const resource = message({ attributes, droppedAttributesCount: integer }, ['attributes']);

const span = message({
  traceId: id(16), spanId: id(8), parentSpanId: id(8), traceState: text, flags: integer, name: text,
  kind: (kind) => integer(kind) && kind >= 0 && kind <= 5,
  startTimeUnixNano: time, endTimeUnixNano: time, attributes, droppedAttributesCount: integer,
  events: list(message({ timeUnixNano: time, name: text, attributes, droppedAttributesCount: integer }, ['timeUnixNano', 'name'])),
  droppedEventsCount: integer,
  status: message({ code: (code) => [0, 1, 2].includes(code), message: text }),
}, ['traceId', 'spanId', 'name', 'kind', 'startTimeUnixNano', 'endTimeUnixNano']);

const point = { attributes, startTimeUnixNano: time, timeUnixNano: time, flags: integer };
const numbers = list((value, path) => message({ ...point, asInt: decimal, asDouble: number }, ['timeUnixNano'])(value, path) && ('asInt' in value) !== ('asDouble' in value));
const histogram = list((value, path) => {
  message({ ...point, count: decimal, sum: number, bucketCounts: list(decimal), explicitBounds: list(number), min: number, max: number }, ['timeUnixNano', 'count'])(value, path);
  const counted = value.bucketCounts.reduce((sum, one) => sum + Number(one), 0);
  return value.bucketCounts.length === value.explicitBounds.length + 1 && counted === Number(value.count);
});
const temporality = (value) => [1, 2].includes(value);
const metric = (value, path) => message({
  name: text, description: text, unit: text,
  gauge: message({ dataPoints: numbers }, ['dataPoints']),
  sum: message({ dataPoints: numbers, aggregationTemporality: temporality, isMonotonic: (one) => typeof one === 'boolean' }, ['dataPoints', 'aggregationTemporality']),
  histogram: message({ dataPoints: histogram, aggregationTemporality: temporality }, ['dataPoints', 'aggregationTemporality']),
}, ['name'])(value, path) && ['gauge', 'sum', 'histogram'].filter((name) => name in value).length === 1;

const log = message({
  timeUnixNano: time, observedTimeUnixNano: time, severityNumber: (one) => integer(one) && one >= 0 && one <= 24, severityText: text,
  body: anyValue, attributes, droppedAttributesCount: integer, flags: integer, traceId: id(16), spanId: id(8), eventName: text,
}, ['timeUnixNano', 'body']);

const request = (outer, inner, items, form) => message({
  [outer]: list(message({
    resource,
    [inner]: list(message({ scope, [items]: list(form), schemaUrl: text }, ['scope', items])),
    schemaUrl: text,
  }, ['resource', inner])),
}, [outer]);

const SIGNALS = {
  '/v1/traces': request('resourceSpans', 'scopeSpans', 'spans', span),
  '/v1/metrics': request('resourceMetrics', 'scopeMetrics', 'metrics', metric),
  '/v1/logs': request('resourceLogs', 'scopeLogs', 'logRecords', log),
};

/** Attributes as an object. */
export const plain = (given = []) => Object.fromEntries(given.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector that takes nothing but what OTLP allows; the first thing that is wrong fails the test in `end`. */
export async function startCollector(t, { port = 0 } = {}) {
  const taken = [];
  const wrong = [];
  const collector = { taken, answer: 200, asked: 0 };
  const server = createServer(async (incoming, response) => {
    const from = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*, content-type, x-key', 'access-control-allow-private-network': 'true' };
    if (incoming.method === 'OPTIONS') {
      response.writeHead(204, from).end();
      return;
    }
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    collector.asked += 1;
    try {
      const body = Buffer.concat(chunks).toString();
      const json = JSON.parse(body);
      assert.equal(incoming.method, 'POST');
      assert.equal(incoming.headers['content-type'], 'application/json');
      assert.ok(incoming.url in SIGNALS, `${incoming.url} is a signal`);
      holds(SIGNALS[incoming.url], json, incoming.url);
      if (collector.answer === 200) taken.push({ path: incoming.url, headers: incoming.headers, body, json });
    } catch (error) {
      wrong.push(error);
    }
    response.writeHead(collector.answer, { ...from, 'content-type': 'application/json' }).end('{}');
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  collector.port = server.address().port;
  collector.url = `http://127.0.0.1:${collector.port}`;
  collector.stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  t.after(async () => {
    await collector.stop();
    if (wrong.length) throw wrong[0];
  });

  const of = (path, outer, inner, items) => taken.filter((one) => one.path === path)
    .flatMap(({ json }) => json[outer]).flatMap((one) => one[inner]).flatMap((one) => one[items]);
  collector.spans = () => of('/v1/traces', 'resourceSpans', 'scopeSpans', 'spans').map((one) => ({ ...one, attributes: plain(one.attributes) }));
  collector.logs = () => of('/v1/logs', 'resourceLogs', 'scopeLogs', 'logRecords').map((one) => ({ ...one, attributes: plain(one.attributes) }));
  /** The newest points of a metric. */
  collector.metric = (name) => {
    const found = of('/v1/metrics', 'resourceMetrics', 'scopeMetrics', 'metrics').findLast((one) => one.name === name);
    return found && (found.sum ?? found.gauge ?? found.histogram).dataPoints.map((one) => ({ ...one, attributes: plain(one.attributes) }));
  };
  collector.span = (name) => until(() => collector.spans().find((one) => one.name === name), { what: `the span ${name} comes` });
  return collector;
}
