import { AgentSdk, SoftPhoneSdk, type PhoneCall, type SoftPhone, type SoftPhoneOptions, type SoftPhoneSdkOptions } from 'agent-toolbar';

const options: SoftPhoneSdkOptions = {
  url: 'wss://example.org:8443', account: '1001', password: 'secret', iceServers: [{ urls: 'stun:example.org' }], ringVolume: 0.5,
};
const phone = new SoftPhoneSdk(options);

phone.on('Invite', (call, { waits, headers }) => (waits ? call.reject() : console.log(headers['X-Call-Id'], call.direction)));
phone.on('Terminated', ({ id }, { by, status }) => console.log(id, by === 'link', status));
phone.on('Quality', ({ call, mos, codec }) => console.log(call.since, mos.toFixed(1), codec ?? ''));
phone.on('Warning', ({ code, over, remedy }) => code === 'WARN_LOSS' && !over && console.warn(remedy));
const level = phone.once('Level', ({ input, output }) => console.log(input > output));
phone.off('Level', level);

const call: PhoneCall = phone.call('13800138000');
call.attendedTransfer(phone.calls()[0] ?? 2);
export const parts = async () => (await phone.check({ echo: '9196' })).parts.filter(({ ok }) => !ok).map(({ name, code }) => `${name}: ${code}`);
export const received = phone.trace(call)?.filter(({ way }) => way === 'received').map(({ status, ufrag }) => [status, ufrag]);
export const method: string | undefined = SoftPhoneSdk.parseMessage('OPTIONS sip:a@b SIP/2.0\r\n\r\n').method;

// The toolbar takes a phone of the page's.
class Own implements SoftPhone {
  readonly isRegistered = true;
  constructor(readonly given: SoftPhoneOptions) {}
  on(_name: string, _listener: (value?: unknown) => void) {}
  register() {}
  unregister() {}
  answer() {}
  stop() {}
}
const required = { url: 'wss://example.org/ws', host: '/', connectAccount: 'page', subscribePath: '/topic' };
new AgentSdk({ ...required, loginType: 3, softPhoneFactory: Own });
new AgentSdk({ ...required, loginType: 3, softPhoneFactory: SoftPhoneSdk });
