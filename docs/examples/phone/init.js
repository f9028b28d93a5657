const phone = await registeredPhone();
const again = happens(phone, 'Registered');
phone.init();
await again;
show(phone.isRegistered); //> true
