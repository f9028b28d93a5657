import AgentSdk, { type Listener } from 'agent-toolbar';

const sdk = new AgentSdk();

// @ts-expect-error TS2769: a call's data is no text
sdk.on('AgentRinging', (event: string) => console.log(event));

// @ts-expect-error TS2339: it says when the caller joined a queue, not for how long
sdk.on('AgentRinging', ({ data }) => console.log(data.inQueueDuration));

// @ts-expect-error TS18047: it may come without data
sdk.on('Logout', ({ data }) => console.log(data.code));

// @ts-expect-error TS18047: an event that only says that it happened has no data to look into
sdk.on('Hold', ({ data }) => console.log(data.occCallId));

// @ts-expect-error TS2769: an event of the toolbar's comes without a frame
sdk.on('Missed', (news, frame) => console.log(news, frame));

// @ts-expect-error TS2769: a known event is not taken for one that nobody knows
sdk.on('Missed', (event: { type: 'event' }) => console.log(event));

// @ts-expect-error TS2540: nobody can change a snapshot
sdk.on('snapshot', (snapshot) => { snapshot.agent.number = '1002'; });

// @ts-expect-error TS2339: nor add to its lists
sdk.on('snapshot', ({ allowed }) => allowed.push('idle'));

// @ts-expect-error TS2345: a snapshot has no part of that name
sdk.on('snapshot', (_snapshot, changed) => console.log(changed.includes('calls')));

// @ts-expect-error TS18046: what an unknown event tells has to be looked at first
sdk.on('SomethingNew', ({ data }) => console.log(data.id));

// @ts-expect-error TS2769: a listener is a function
sdk.on('Idle', { handleEvent() {} });

// @ts-expect-error TS2554: an event without a listener
sdk.once('Idle');

// @ts-expect-error TS2769: what takes a listener away is its id or itself
sdk.off('Idle', 7);

const login: Listener<'Login'> = ({ data }) => console.log(data.token);
// @ts-expect-error TS2769: a listener of another event
sdk.off('Logout', login);

// @ts-expect-error TS2344: there is no such event
export type Nothing = Listener<'Nothing'>;
