const phone = new SoftPhoneSdk();
try {
  phone.answer();
} catch (error) {
  show(error.code); //> NO_CALL
}
