const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
const { codec } = await phone.statistics();
show(codec); //> audio/…
