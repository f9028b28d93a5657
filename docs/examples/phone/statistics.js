const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Quality');
const { codec } = await phone.statistics();
show(codec); //> audio/…
