const phone = { url: `ws://${location.host}/sip`, domain: 'sandbox.invalid', account: 'w21001' };
const sdk = new SoftPhoneSdk({ ...phone, password: 'wrong' });
const [why] = await happens(sdk, 'RegistrationFailed');
show(why.status); //> …
