// What stands round an example of docs/examples: the reader sees its body alone. The site is built with it put in place of the marked line.
export default async ({
  AgentSdk, SoftPhoneSdk, options, show, signedIn, registeredPhone, happens, sandbox, toolbar, choice, press, seen,
}) => {
  //: the example
};
