/**
 * What the wasm of a phone calls, with all that the browser does for it. Of the phone it needs `options`, where choices made
 * later stand too, `option(name)`, the `url` and `servers` that these come to, the `gestures` that let it be heard,
 * `alarm(ring)`, `fault(code, given)` to make an error, `tell(name, value)` to tell an event, `devices()` to look for them
 * anew, and `core()`: the wasm itself, as long as it is wanted.
 */
function phoneHost({ options, option, url, servers, gestures, alarm, fault, tell, devices, core }) {
  const calls = new Map();
  const ending = new AbortController();
  const { signal } = ending;
  const heard = (what, call = 0, given = '') => core()?.heard(what, call, given);
  const except = (error) => tell('Exception', error);
  const clock = alarm(() => heard('alarm'));
  const link = new PhoneLink(url, heard, (bytes) => core()?.received(bytes));
  const warning = (code, given) => {
    const { message, remedy } = fault(code, given);
    return { code, message, remedy };
  };
  const media = new PhoneMedia(options, {
    gestures,
    fault,
    except,
    tell,
    changed: async () => tell('DevicesChanged', { devices: await devices(), microphone: media.label }),
  }, signal);
  const host = {
    calls,
    media,
    heard,
    option,
    fault,
    except,
    measured: (...counts) => core()?.measured(...counts),
    fail: (code, given) => except(fault(code, given)),
    tell: (name, facts) => tell(name, JSON.parse(facts)),
    warn: (call, code, given) => {
      const { message, ...more } = warning(code, given);
      tell('Warning', { call, message, ...more, cause: message });
    },
    open: () => link.open(),
    send: (text) => link.send(text),
    close: () => link.close(),
    wait: (ms) => clock.set(ms),
    peer: (call) => {
      const peer = new PhonePeer(host, call, servers);
      calls.set(call, peer);
      return peer;
    },
    ring: (call, aside) => media.ring(aside, () => calls.has(call) && tell('RingBlocked', { call, ...warning('RING_BLOCKED') })),
    hush: () => media.hush(),
    check: (phone, how) => new PhoneCheck({ media, servers, fault, ...phone }, how),
    end: () => {
      ending.abort();
      clock.stop();
      link.close();
      for (const peer of calls.values()) peer.close();
      media.end();
    },
  };
  // Trying again is worth it when the browser is online again, or the page is shown, also out of its cache or after it was frozen.
  const awake = ({ type }) => {
    if (type === 'visibilitychange' && document.hidden) return;
    media.stayAwake();
    heard('awake');
  };
  for (const name of ['online', 'pageshow']) addEventListener(name, awake, { signal });
  for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, awake, { signal });
  return host;
}
