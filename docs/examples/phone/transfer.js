const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
phone.transfer('13900139000');
const [{ status }] = await happens(phone, 'Transferring');
show(status); //> …
