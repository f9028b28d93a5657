const phone = new SoftPhoneSdk();
try {
  phone.register({ account: 'w21001' });
} catch (error) {
  show(error.code); //> PHONE_PARAMETERS
}
