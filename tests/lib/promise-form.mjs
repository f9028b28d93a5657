import { until } from './until.mjs';

/**
 * Calls a method of `sdk.request`. Once it has settled, `settled()` gives `{ event }`, what the promise resolved with, or
 * `{ error }`, what it was rejected with.
 */
export async function asks(agent, method, ...args) {
  const place = await agent.page.evaluate(([name, given]) => {
    const settled = window.settled ??= [];
    const at = settled.push(null) - 1;
    const told = (error) => {
      const { name: kind, code, message, remedy, version, cause } = error;
      return { isError: error instanceof Error, name: kind, code, message, remedy, version, cause: cause && { ...cause } };
    };
    sdk.request[name](...given).then(
      (value) => { settled[at] = { event: plain(value) }; },
      (error) => { settled[at] = { error: told(error) }; },
    );
    return at;
  }, [method, args]);
  const settled = () => agent.page.evaluate((at) => window.settled[at], place);
  return { settled: () => until(settled, { what: `request.${method} settles` }), isSettled: async () => await settled() !== null };
}

/** As `asks`, and waits: the event that it resolved with; a rejection fails the test. */
export async function gets(agent, method, ...args) {
  const { event, error } = await (await asks(agent, method, ...args)).settled();
  if (error) throw new Error(`request.${method}(${args.map((one) => JSON.stringify(one)).join(', ')}): ${error.code} ${error.message}`);
  return event;
}

/** As `asks`, and waits: the error that it was rejected with; an event fails the test. */
export async function fails(agent, method, ...args) {
  const { event, error } = await (await asks(agent, method, ...args)).settled();
  if (!error) throw new Error(`request.${method} resolved with ${JSON.stringify(event)}`);
  return error;
}
