const phone = await registeredPhone();
phone.call('13800138000');
await happens(phone, 'Accepted');
phone.mute();
show(phone.isMute); //> true
