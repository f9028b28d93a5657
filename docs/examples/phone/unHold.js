const phone = await registeredPhone();
const call = phone.call('13800138000');
await happens(phone, 'Accepted');
const held = happens(phone, 'Held');
phone.hold();
await held;
const resumed = happens(phone, 'Held');
phone.unHold();
await resumed;
show(call.held); //> false
