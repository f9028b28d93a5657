/** The toolbar in React 18 and 19. */
import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';
import type { AgentSdk, AgentSdkError, AgentSdkOptions, AgentSdkRequests, AgentToolbarElement, Density, EventMap, Language, Snapshot, SnapshotPart, Theme } from './index.js';

/** A listener for each event: `onAgentRinging`, `onStateChange`, `onSnapshot`. It is given what `on` of the SDK gives. */
export type AgentToolbarHandlers = { [Name in keyof EventMap as `on${Capitalize<Name>}`]?: (...values: EventMap[Name]) => void };

/** What else is given goes to the element. */
export interface AgentToolbarProps extends AgentToolbarHandlers, Omit<HTMLAttributes<AgentToolbarElement>, keyof AgentToolbarHandlers | 'lang'> {
  /**
   * A session of the component's own: it starts with these, starts anew when they say something else, and signs out when the
   * component is unmounted; during a call, when that is over. Functions in them may be new each time. What is wrong with them
   * is told to `onException`.
   */
  options?: AgentSdkOptions;
  /** A session of the page's, which is shown and never ended. */
  sdk?: AgentSdk;
  /** The session that is shown from now on; undefined: none. */
  onSdk?: (sdk: AgentSdk | undefined) => void;
  theme?: Theme;
  density?: Density;
  lang?: Language;
}

/**
 * `<agent-toolbar>`. Children with `slot="customer-card"` are shown in the toolbar. A ref is the element. On a server the
 * element alone is drawn.
 */
export const AgentToolbar: ForwardRefExoticComponent<AgentToolbarProps & RefAttributes<AgentToolbarElement>>;

/** The session as it is now; undefined until there is one. */
export function useSnapshot(sdk: AgentSdk | undefined): Snapshot | undefined;
/** A part of it: drawn again only when that part is another. */
export function useSnapshot<Part extends SnapshotPart>(sdk: AgentSdk | undefined, part: Part): Snapshot[Part] | undefined;

/** Commands that `useCommand` knows when they are possible. */
export type CommandName = Exclude<keyof AgentSdkRequests, 'defaultCmd' | 'defaultTargetCmd' | 'getStateByAgentId' | 'send'>;

/** A command in its promise form. */
export interface Command<Name extends CommandName> {
  /** It is possible now. */
  readonly allowed: boolean;
  /** It is under way. */
  readonly pending: boolean;
  /** What it failed by, until it is run again. */
  readonly error: AgentSdkError | undefined;
  /** Never rejects: undefined is one that failed. */
  readonly run: (...values: Parameters<AgentSdkRequests[Name]>) => Promise<Awaited<ReturnType<AgentSdkRequests[Name]>> | undefined>;
}

export function useCommand<Name extends CommandName>(sdk: AgentSdk | undefined, name: Name): Command<Name>;
