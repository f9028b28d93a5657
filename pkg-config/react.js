import { createElement, forwardRef, useCallback, useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore } from 'react';
import { EVENTS, Mount, handlerName, isAllowed, snapshotsOf } from './mount.mjs';

const HANDLERS = new Set(EVENTS.map(handlerName));

/** `<agent-toolbar>` and its session, from mounting to unmounting. */
export const AgentToolbar = forwardRef(function AgentToolbar({ options, sdk, onSdk, className, children, ...rest }, ref) {
  const element = useRef(null);
  const given = useRef();
  const attributes = {};
  const handlers = {};
  for (const [name, value] of Object.entries(rest)) (HANDLERS.has(name) ? handlers : attributes)[name] = value;
  const mount = useRef();
  mount.current ??= new Mount(() => given.current);

  // Before the effect that begins with it, and after each drawing: what was drawn and thrown away gave nothing.
  useEffect(() => {
    given.current = { options, sdk, started: onSdk, on: (event) => handlers[handlerName(event)] };
    mount.current.update();
  });
  useEffect(() => {
    mount.current.begin(element.current);
    return () => mount.current.end();
  }, []);
  useImperativeHandle(ref, () => element.current, []);

  // As React 18 wants it; 19 takes it so as well.
  return createElement('agent-toolbar', { ...attributes, class: className, ref: element }, children);
});

const nothing = () => () => {};

/** The session as it is now, or a part of it; undefined until there is one. */
export function useSnapshot(sdk, part) {
  const subscribe = useCallback((reader) => (sdk ? snapshotsOf(sdk).subscribe(reader) : nothing()), [sdk]);
  const read = () => {
    const now = sdk && snapshotsOf(sdk).now;
    return part === undefined ? now : now?.[part];
  };
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** A command in its promise form: whether it is possible now, whether it is under way, and what it failed by. */
export function useCommand(sdk, name) {
  const allowed = isAllowed(useSnapshot(sdk, 'allowed'), name);
  const [state, setState] = useState({ pending: false, error: undefined });
  const run = useCallback(async (...values) => {
    setState({ pending: true, error: undefined });
    try {
      const outcome = await sdk.request[name](...values);
      setState({ pending: false, error: undefined });
      return outcome;
    } catch (error) {
      setState({ pending: false, error });
      return undefined;
    }
  }, [sdk, name]);
  return { ...state, allowed, run };
}
