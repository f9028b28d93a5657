// Right and wrong use of the types for Vue. What stands behind `@ts-expect-error` has to be wrong.
import { h, shallowRef } from 'vue';
import { AgentToolbar, useAgentCommand, useAgentSnapshot } from 'agent-toolbar/vue';
import type { AgentSdk } from 'agent-toolbar';

const sdk = shallowRef<AgentSdk>();
export const party: string | undefined = useAgentSnapshot(sdk, 'call').value?.party;
export const number: string | undefined = useAgentSnapshot(() => sdk.value).value?.agent.number;
const hold = useAgentCommand(sdk, 'hold');
export const facts: [boolean, boolean, string | undefined] = [hold.allowed.value, hold.pending.value, hold.error.value?.code];
export const told: Promise<string | undefined> = hold.run().then((event) => event?.event);

h(AgentToolbar, {
  theme: 'dark',
  onSdk: (one) => { sdk.value = one; },
  onAgentRinging: ({ data }) => { data.caller.trim(); },
  onStateChange: (state, event) => { state.concat(event?.event ?? ''); },
}, () => h('p', { slot: 'customer-card' }, 'Gold customer'));

// @ts-expect-error: there is no such theme
h(AgentToolbar, { theme: 'pink' });
// @ts-expect-error: there is no such part
useAgentSnapshot(sdk, 'nothing');
// @ts-expect-error: a key is wanted
useAgentCommand(sdk, 'sendDTMF').run();
