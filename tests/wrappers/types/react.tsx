// Right and wrong use of the types for React. What stands behind `@ts-expect-error` has to be wrong.
import { useRef, useState } from 'react';
import { AgentToolbar, useCommand, useSnapshot } from 'agent-toolbar/react';
import type { AgentSdk, AgentSdkOptions, AgentToolbarElement } from 'agent-toolbar';

export function Right({ options }: { options: AgentSdkOptions }) {
  const [sdk, setSdk] = useState<AgentSdk>();
  const bar = useRef<AgentToolbarElement>(null);
  const call = useSnapshot(sdk, 'call');
  const all = useSnapshot(sdk);
  const dial = useCommand(sdk, 'call');
  const hold = useCommand(sdk, 'hold');
  const talk: Promise<string | undefined> = dial.run('13800138000').then((event) => event?.data.occCallId);
  return (
    <AgentToolbar ref={bar} id="bar" className="top" style={{ margin: 0 }} options={options} onSdk={setSdk} theme="dark" lang="en"
      onAgentRinging={({ data }) => data.caller.trim()} onStateChange={(state, event) => [state.length, event?.event]}
      onSnapshot={(snapshot, changed) => [snapshot.agent.number, changed.includes('call')]} onException={(error) => error.remedy}
      onClick={(event) => event.preventDefault()}>
      <p slot="customer-card">{call?.party} {all?.agent.number} {hold.error?.code} {String(hold.allowed && talk)}</p>
    </AgentToolbar>
  );
}

export function Wrong({ sdk }: { sdk: AgentSdk }) {
  // @ts-expect-error: there is no such part
  useSnapshot(sdk, 'nothing');
  // @ts-expect-error: nobody knows when any command at all is possible
  useCommand(sdk, 'send');
  // @ts-expect-error: a key is wanted
  useCommand(sdk, 'sendDTMF').run();
  return [
    // @ts-expect-error: there is no such theme
    <AgentToolbar theme="pink" />,
    // @ts-expect-error: there is no such event
    <AgentToolbar onAgentRings={() => {}} />,
    // @ts-expect-error: options without an address
    <AgentToolbar options={{ host: '/' }} />,
  ];
}
