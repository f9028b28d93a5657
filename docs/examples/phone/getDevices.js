const phone = await registeredPhone();
const devices = await phone.getDevices();
show(devices.some(({ kind }) => kind === 'audioinput')); //> true
