import AgentSdk, { type AgentEvent, type EventMap, type Listener, type StompFrame } from 'agent-toolbar';

const sdk = new AgentSdk();

const id: string = sdk.on('AgentRinging', (event, frame) => {
  const caller: string = event.data.caller;
  const direction: 1 | 2 = event.data.callDirection;
  const body: string = frame.body;
  return [caller, direction, body, frame.headers['subscription']];
});
const stopped: boolean = sdk.off('AgentRinging', id);

sdk.on('After', ({ data }) => console.log(data.recordPath, data.endTime - data.beginTime, stopped));
sdk.on('Logout', ({ data }) => console.log(data?.code));
sdk.on('QueueInfo', ({ groupID, data }) => console.log(groupID, data.map(({ caller }) => caller)));
sdk.on('Surveillance', ({ data }) => (data.agentList ?? data.infoList ?? []).map(({ agentName }) => agentName));
sdk.on('Whispering', ({ data }) => ('agentNumber' in data ? data.agentNumber : data.caller));
sdk.on('StateChange', (state, event) => console.log(state === 'Idle', event?.eventTime));
sdk.on('Exception', ({ code, remedy }) => code === 'GAVE_UP' && console.error(remedy));
sdk.on('snapshot', (snapshot, changed) => changed.includes('call') && console.log(snapshot.call?.party));
sdk.on('ScreenPop', (pop) => { pop.url = pop.call.direction === 'inbound' ? `/crm?number=${pop.call.party}` : null; });
sdk.on('Disconnect', () => {});
// Whoever needs less may take less.
sdk.once('Idle', () => {});

// A listener that is kept, to take it away again.
const logged: Listener<'Login'> = (event) => console.log(event.data.groupIdList);
sdk.on('Login', logged);
sdk.off('Login', logged);

// A platform may have events of its own.
const own = (event: AgentEvent, frame: StompFrame) => console.log(event.data, frame.command);
sdk.on('SomethingNew', own);
sdk.once('SomethingNew', ({ event, data }) => console.log(event, typeof data));
sdk.off('SomethingNew', own);
const named: string = ['Another'].join();
sdk.on(named, own);

// A function for many events is as exact as `on`.
function collect<K extends keyof EventMap>(name: K): Promise<EventMap[K]> {
  return new Promise((resolve) => { sdk.once(name, (...values) => resolve(values)); });
}
export const held: Promise<[event: AgentEvent<null>, frame: StompFrame]> = collect('Hold');
