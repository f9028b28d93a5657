import AgentSdk, { type Outcome, type PlatformEvents } from 'agent-toolbar';

const sdk = new AgentSdk();

// @ts-expect-error TS2554: somebody has to be called
sdk.request.call();

// @ts-expect-error TS2345: agents and outside numbers are called, groups are not
sdk.call('g-sales', 3);

// @ts-expect-error TS2345: there are four kinds of targets
sdk.transferCall('1002', 5);

// @ts-expect-error TS2345: who is transferred to is a text: a number loses its leading zeros
sdk.transferCall(1002);

// @ts-expect-error TS2345: ready, not ready, or what comes by itself
sdk.setNextState('ready');

// @ts-expect-error TS2345: a command has a request
sdk.send({});

// @ts-expect-error TS2353: agents are not searched for by that
sdk.surveillance({ skill: 'sales' });

// @ts-expect-error TS2322: the promise is of another event
export const talk: Promise<PlatformEvents['Conversation']> = sdk.request.idle();

// @ts-expect-error TS2344: there is no such request
export type Dance = Outcome<'dance'>;

// @ts-expect-error TS2339: a method that sends gives its number or nothing, only the promise form a promise
sdk.idle().then(() => {});

// @ts-expect-error TS2532: nothing is there before the start
export const number = sdk.snapshot().agent.number;

// @ts-expect-error TS1360: there is no such state
sdk.snapshot()!.link.state satisfies 'open';

// @ts-expect-error TS2540: it is the SDK's
sdk.request = undefined;
