const phone = await registeredPhone();
const loud = happens(phone, 'Level');
await phone.tryMicrophone();
const [{ input }] = await loud;
await phone.tryMicrophone(false);
show(input >= 0); //> true
