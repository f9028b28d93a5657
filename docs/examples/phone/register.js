const phone = await registeredPhone();
const gone = happens(phone, 'UnRegistered');
phone.unregister();
await gone;
phone.register();
const [{ expires }] = await happens(phone, 'Registered');
show(expires, 's'); //> … s
