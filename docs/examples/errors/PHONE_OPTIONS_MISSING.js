const phone = new SoftPhoneSdk();
try {
  phone.init();
} catch (error) {
  show(error.code); //> PHONE_OPTIONS_MISSING
}
