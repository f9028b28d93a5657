/** What the SDK throws, and what `Exception` carries: a real Error with a code for programs and a remedy for people. */
class AgentSdkError extends Error {
  constructor(code, message, remedy, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AgentSdkError';
    this.code = code;
    this.version = VERSION;
    this.remedy = remedy;
    if (cause === undefined) this.cause = undefined;
  }
}

/** Rows of the catalogue that are needed while no wasm runs: sentences, then remedies, in the order of LANGUAGES. */
const FAULTS = __faults__;

/** An error of the catalogue; `given` fills what its sentence leaves open. */
function fault(code, lang, given, cause) {
  const place = placeOf(lang);
  const said = FAULTS[code];
  return new AgentSdkError(code, said[place].replace(/\{\w+}/, () => given), said[LANGUAGES.length + place], cause);
}
