const phone = await registeredPhone();
phone.call('13800138000');
let sound;
do {
  await happens(phone, 'Quality');
  sound = await phone.statistics();
} while (!sound.codec);
show(sound.codec); //> audio/…
