import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { declarations } from '../lib/declarations.mjs';

const DOCS = new URL('../../docs/', import.meta.url);
const LANGUAGES = { English: '', Chinese: 'zh-CN/' };

const BY_HAND = 'a person at the wall or panel chooses first; the tests of the toolbar do it';
const SUPERVISORS_PHONE = 'the phones of the sandbox always answer a supervisor';
const ORIGINAL = 'of the original, without effect';
const NEVER_HERE = 'the sandbox sends nothing of the kind; tests with a made-up platform do';
const TAKES_BROWSER = 'takes a browser that lacks or forbids something; the tests of the phone have such';
const TAKES_NETWORK = 'takes a bad network; the tests of the phone have one';
const TAKES_FAULT = 'a fault of our own program, which no example can bring about';

/** What has no example, and why. */
const WITHOUT_EXAMPLE = {
  options: {
    agentAutoIdle: 'the `After` of the sandbox always says itself what comes',
    agentAutoIdleTime: 'the `After` of the sandbox always says itself what comes',
    notifications: 'told only while nobody sees the page',
    ringSpoken: 'heard by a screen reader alone; the tests of access listen to it',
    forceReasons: BY_HAND,
    echoNumber: BY_HAND,
    telemetry: 'takes a collector; the tests of telemetry have one',
    ...Object.fromEntries('unDownloadLog SIMIP SIMPort SIMRing SIMCallRecordUrl SIMRecordFileUrl'.split(' ').map((name) => [name, ORIGINAL])),
  },
  methods: {},
  events: {
    SaveLog: NEVER_HERE,
    AgentUploadLog: NEVER_HERE,
    Note: BY_HAND,
    Forced: BY_HAND,
    MakeCallFail: 'the phones of the sandbox always take the agent\'s own call',
    TripartiteTalkFail: NEVER_HERE,
    ...Object.fromEntries('ListenFail WhisperFail ForceInsertFail InterceptFail'.split(' ').map((name) => [name, SUPERVISORS_PHONE])),
  },
  errors: {
    NO_OUTCOME: NEVER_HERE,
    NOT_JSON: NEVER_HERE,
    NO_STATE: NEVER_HERE,
    FRAME_TOO_LARGE: NEVER_HERE,
    BAD_FRAME: NEVER_HERE,
    CONNECT_TIMEOUT: NEVER_HERE,
    BAD_HEADER: 'the options are looked at before: `OPTION_WRONG` says it',
    LINK_SILENT: 'takes three heartbeats without an answer, longer than anybody waits for an example',
    FILTER_NEEDS_GROUP: 'every agent of the sandbox is in a group, and the first one is meant',
    DIAL_EMPTY: BY_HAND,
    PHONE: 'takes a phone of the page\'s own',
    PHONE_INSECURE: TAKES_BROWSER,
    PHONE_UNSUPPORTED: TAKES_BROWSER,
    MICROPHONE_DENIED: TAKES_BROWSER,
    MICROPHONE_FORBIDDEN: TAKES_BROWSER,
    MICROPHONE_MISSING: TAKES_BROWSER,
    MEDIA_FAILED: TAKES_BROWSER,
    RING_BLOCKED: TAKES_BROWSER,
    WARN_AUDIO_BLOCKED: TAKES_BROWSER,
    WARN_MICROPHONE_SILENT: TAKES_BROWSER,
    HOLD_REFUSED: NEVER_HERE,
    ...Object.fromEntries('CHECK_TIMEOUT CHECK_NO_STUN CHECK_NO_TURN CHECK_NO_CANDIDATE CHECK_NO_ECHO'.split(' ').map((name) => [name, TAKES_NETWORK])),
    ...Object.fromEntries('WARN_NO_INCOMING_AUDIO WARN_LOSS WARN_JITTER WARN_ROUND_TRIP WARN_MOS WARN_MEDIA_LOST'.split(' ').map((name) => [name, TAKES_NETWORK])),
    PHONE_MISSING: 'takes a package that lacks a file; the tests of the phone have one',
    PHONE_CRASHED: TAKES_FAULT,
    PHONE_STOPPED: TAKES_FAULT,
    CRASHED: TAKES_FAULT,
  },
};

/** What the API has of each kind. */
async function named() {
  const types = await declarations();
  const { own, statics } = types.ofClass('AgentSdk');
  return {
    options: [...types.of('AgentSdkOptions'), ...types.of('Credentials')],
    methods: [...own, ...statics],
    events: ['LocalEvents', 'ToolbarEvents', 'PlatformEvents'].flatMap(types.of),
    errors: types.union('ErrorCode'),
  };
}

/** The sections of a page: their names, and what stands in each. */
async function sections(path) {
  const [, ...parts] = (await readFile(new URL(path, DOCS), 'utf8')).split(/^## /m);
  return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
}

for (const [language, folder] of Object.entries(LANGUAGES)) {
  for (const kind of Object.keys(WITHOUT_EXAMPLE)) {
    test(`every name of the API has its section and its example on the page of ${kind}, ${language}`, async () => {
      const names = (await named())[kind];
      const page = await sections(`${folder}${kind}.md`);
      assert.deepEqual(Object.keys(page).sort(), [...new Set(names)].sort());
      const way = folder ? '../' : '';
      const lacks = names.filter((name) => !page[name].includes(`(${way}examples/${kind}/${name}.js)`));
      assert.deepEqual(lacks.sort(), Object.keys(WITHOUT_EXAMPLE[kind]).sort());
      for (const name of names) {
        const said = page[name].split(/\n{2,}/).filter((one) => /\S/.test(one) && !/^\[\S+\]\(\S+\)\n*$/.test(one));
        assert.ok(said.length >= 2, `${name}: ${said}`);
        if (!lacks.includes(name)) await access(new URL(`examples/${kind}/${name}.js`, DOCS));
      }
    });
  }

  test(`the page of methods has each promise form, ${language}`, async () => {
    const text = await readFile(new URL(`${folder}methods.md`, DOCS), 'utf8');
    const names = (await declarations()).of('AgentSdkRequests');
    assert.deepEqual(names.filter((name) => !text.includes(`\`request.${name}(…)\``)), []);
  });

  test(`the page of causes has each of them, and the example that dials one, ${language}`, async () => {
    const text = await readFile(new URL(`${folder}causes.md`, DOCS), 'utf8');
    const table = await readFile(new URL('../crates/agent/cause-codes.csv', DOCS), 'utf8');
    const rows = table.trim().split('\n').slice(1).map((row) => row.match(/^(.*),(\d+)$/));
    const listed = [...text.matchAll(/^\| (\d+) \| `([^`]+)` \| \S/gm)].map(([, code, name]) => `${name},${code}`);
    assert.deepEqual(listed, rows.map(([row]) => row));
    assert.match(text, /examples\/causes\/dial\.js/);
  });
}
