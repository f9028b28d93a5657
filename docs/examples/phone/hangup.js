const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
const over = happens(phone, 'Terminated');
phone.hangup();
const [, end] = await over;
show(end.by); //> us
