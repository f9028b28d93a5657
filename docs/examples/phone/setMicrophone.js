const phone = await registeredPhone();
const [microphone] = (await phone.getDevices()).filter(({ kind }) => kind === 'audioinput');
await phone.setMicrophone(microphone.deviceId);
show(phone.chosen.microphone === microphone.deviceId); //> true
