import { SoftPhoneSdk, type SoftPhoneSdkOptions } from 'agent-toolbar';

const phone = new SoftPhoneSdk();

// @ts-expect-error TS2741: a user has a password
export const options: SoftPhoneSdkOptions = { account: '1001' };

// @ts-expect-error TS2345: a phone tells nothing under this name
phone.on('Ring', () => {});

// @ts-expect-error TS2339: a call has no such member
phone.on('Invite', (call) => call.pickUp());

// @ts-expect-error TS2540: a call is told, not changed
phone.on('Invite', (call) => { call.state = 'talking'; });

// @ts-expect-error TS2367: nobody else ends a call
phone.on('Terminated', (_call, { by }) => console.log(by === 'server'));

// @ts-expect-error TS2345: how loud it rings is a number
phone.setRingVolume('loud');

// @ts-expect-error TS2339: it comes later
phone.check().ok;
