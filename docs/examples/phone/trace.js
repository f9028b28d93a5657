const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
const [{ way, line }] = phone.trace();
show(way, line); //> …
