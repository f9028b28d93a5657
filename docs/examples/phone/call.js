const phone = await registeredPhone();
const call = phone.call('13800138000');
await happens(phone, 'Accepted');
show(call.state, call.number); //> talking 13800138000
