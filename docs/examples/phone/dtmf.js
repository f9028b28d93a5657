const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
phone.dtmf('5');
show('sent'); //> sent
