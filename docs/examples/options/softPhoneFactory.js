class Phone extends SoftPhoneSdk {
  constructor(given) {
    super(given);
    show(given.account); //> w21001
  }
}
await signedIn({ loginType: 3, softPhoneFactory: Phone });
