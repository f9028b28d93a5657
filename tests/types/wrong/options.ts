import AgentSdk, { AgentSdkError, type AgentSdkOptions } from 'agent-toolbar';

const required = { url: 'wss://example.org/ws', host: '/', connectAccount: 'page', subscribePath: '/topic' };

// @ts-expect-error TS2345: what a link needs has to be there
new AgentSdk({ url: 'wss://example.org/ws' });

// @ts-expect-error TS2322: a number is no address
export const address: AgentSdkOptions = { ...required, url: 8080 };

// @ts-expect-error TS2561: there is an `agentPassword`
export const misspelt: AgentSdkOptions = { ...required, agentPasword: 'secret' };

// @ts-expect-error TS2322: there are four ways to talk
export const fifth: AgentSdkOptions = { ...required, loginType: 5 };

// @ts-expect-error TS2322: a text counts as absent
export const interval: AgentSdkOptions = { ...required, pingInterval: '10000' };

// @ts-expect-error TS2322: there is no such theme
export const theme: AgentSdkOptions = { ...required, theme: 'blue' };

// @ts-expect-error TS2353: nothing of that name can be switched off
export const feature: AgentSdkOptions = { ...required, features: { video: false } };

// @ts-expect-error TS2561: the toolbar says nothing under this key
export const text: AgentSdkOptions = { ...required, texts: { en: { REDDY: 'Free' } } };

// @ts-expect-error TS2353: there are no texts in this language to put others in place of
export const language: AgentSdkOptions = { ...required, texts: { fr: { READY: 'Libre' } } };

// @ts-expect-error TS2322: a number or `false` is wanted, not whether
export const dial: AgentSdkOptions = { ...required, onBeforeDial: () => true };

// @ts-expect-error TS2322: a factory is a class of a phone
export const factory: AgentSdkOptions = { ...required, softPhoneFactory: class { ring() {} } };

// @ts-expect-error TS2673: errors are the SDK's to make
new AgentSdkError('NOT_ALLOWED');

// @ts-expect-error TS2367: there is no such code
export const code = (error: AgentSdkError) => error.code === 'NOT_ALOWED';
