/** The toolbar in Vue 3. */
import type { DefineComponent, MaybeRefOrGetter, ComputedRef, ShallowRef } from 'vue';
import type { AgentSdk, AgentSdkError, AgentSdkOptions, AgentSdkRequests, AgentToolbarElement, Density, EventMap, Language, Snapshot, SnapshotPart, Theme } from './index.js';

/** A listener for each event: `@agent-ringing`, `@state-change`, `@snapshot`. It is given what `on` of the SDK gives. */
export type AgentToolbarHandlers = { [Name in keyof EventMap as `on${Capitalize<Name>}`]?: (...values: EventMap[Name]) => void };

/** What else is given goes to the element. */
export interface AgentToolbarProps {
  /**
   * A session of the component's own: it starts with these, starts anew when they say something else, and signs out when the
   * component is unmounted; during a call, when that is over. What is wrong with them is told to `@exception`.
   */
  options?: AgentSdkOptions;
  /** A session of the page's, which is shown and never ended. */
  sdk?: AgentSdk;
  /** The session that is shown from now on; undefined: none. Keep it in a `shallowRef`. */
  onSdk?: (sdk: AgentSdk | undefined) => void;
  theme?: Theme;
  density?: Density;
  lang?: Language;
}

/** What a template ref of the component has. */
export interface AgentToolbarExposed {
  element: AgentToolbarElement | undefined;
}

/** `<agent-toolbar>`. Children with `slot="customer-card"` are shown in the toolbar. On a server the element alone is drawn. */
export const AgentToolbar: DefineComponent<AgentToolbarProps & AgentToolbarHandlers, AgentToolbarExposed>;

/** The session as it is now; undefined until there is one. */
export function useAgentSnapshot(sdk: MaybeRefOrGetter<AgentSdk | undefined>): ComputedRef<Snapshot | undefined>;
/** A part of it: another object only when that part is another. */
export function useAgentSnapshot<Part extends SnapshotPart>(sdk: MaybeRefOrGetter<AgentSdk | undefined>, part: Part): ComputedRef<Snapshot[Part] | undefined>;

/** Commands that `useAgentCommand` knows when they are possible. */
export type CommandName = Exclude<keyof AgentSdkRequests, 'defaultCmd' | 'defaultTargetCmd' | 'getStateByAgentId' | 'send'>;

/** A command in its promise form. */
export interface Command<Name extends CommandName> {
  /** It is possible now. */
  readonly allowed: ComputedRef<boolean>;
  /** It is under way. */
  readonly pending: Readonly<ShallowRef<boolean>>;
  /** What it failed by, until it is run again. */
  readonly error: Readonly<ShallowRef<AgentSdkError | undefined>>;
  /** Never rejects: undefined is one that failed. */
  readonly run: (...values: Parameters<AgentSdkRequests[Name]>) => Promise<Awaited<ReturnType<AgentSdkRequests[Name]>> | undefined>;
}

export function useAgentCommand<Name extends CommandName>(sdk: MaybeRefOrGetter<AgentSdk | undefined>, name: Name): Command<Name>;
