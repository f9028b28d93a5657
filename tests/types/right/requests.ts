import AgentSdk, { type Outcome, type PlatformEvents, type RequestName, type Snapshot } from 'agent-toolbar';

const sdk = new AgentSdk();

export async function day(): Promise<string[]> {
  const { data: { groupIdList } } = await sdk.request.login({ agentNumber: '1001', agentPassword: 'secret' });
  await sdk.request.busy('lunch');
  await sdk.request.idle();
  const talk: PlatformEvents['Conversation'] = await sdk.request.call('13800138000', 2);
  const ended = await sdk.request.transferCall('1002', 1, 0);
  // What may be either is told apart by its name.
  const after: string = ended.event;
  const state: string | undefined = await sdk.request.getStateByAgentId('1002');
  const list: Outcome<'surveillance'> = await sdk.request.surveillance({ groupId: groupIdList[0] ?? '' });
  const answer = await sdk.request.send({ request: 'somethingNew', whatever: [1] });
  return [talk.data.occCallId, after, state ?? '', String(list.data.agentList?.length), answer.type];
}

const number: number = sdk.busy();
const nothing: number | undefined = sdk.logout();
sdk.transferCall('g-sales', '3', 1);
sdk.send({ request: 'idle' });
sdk.setNextState('busy', 'lunch');
sdk.setNextState(null);
sdk.onPrivateEventCallback(number, (event, frame) => console.log(event.event, frame.body, nothing), true);

/** What is possible, and why not. */
export const possible = (snapshot: Snapshot, request: RequestName): boolean =>
  snapshot.allowed.includes(request) && snapshot.agent.situation !== 'locked';

export const summary = ({ agent, call, wrapUp, queue, link }: Snapshot): (string | number | null | undefined)[] => [
  agent.state, agent.groups.find(({ main }) => main)?.name, agent.next?.state, agent.used[0]?.ms,
  call?.consult, call?.group?.name, call?.ivr?.keys.join(''), call?.watch?.kind, call?.second?.ringingAt,
  wrapUp?.until, wrapUp?.direction, queue.groups[0]?.longestAt, link.state, link.retryAt,
];
export const replayed: Snapshot = AgentSdk.replay('{}');
