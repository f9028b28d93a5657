/** What the SDK throws, and what `Exception` carries: a real Error with a code for programs. */
class AgentSdkError extends Error {
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AgentSdkError';
    this.code = code;
    this.version = VERSION;
  }
}
