const phone = await registeredPhone();
const gone = happens(phone, 'UnRegistered');
phone.unregister();
await gone;
show(phone.isRegistered); //> false
