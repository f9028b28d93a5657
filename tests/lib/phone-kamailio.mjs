import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepts, end, freePorts, printed, start } from './child.mjs';

const PROGRAM = '/usr/sbin/kamailio';
const CONFIGURATION = new URL('../sip/kamailio.cfg', import.meta.url);
const MODULES = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/kamailio/modules/`);

/** Starts a Kamailio of its own: own configuration, own folder, own ports, loopback only. */
export async function startKamailio() {
  const modules = MODULES.find((folder) => existsSync(`${folder}websocket.so`));
  if (!existsSync(PROGRAM) || !modules) {
    throw new Error('Kamailio is not installed: apt-get install -y --no-install-recommends kamailio kamailio-websocket-modules '
      + 'kamailio-outbound-modules');
  }
  const home = await mkdtemp(join(tmpdir(), 'kamailio-test-'));
  const [sipPort, wsPort] = await freePorts(2);
  const file = join(home, 'kamailio.cfg');
  const text = await readFile(CONFIGURATION, 'utf8');
  await writeFile(file, text.replace('@SIP_PORT@', sipPort).replace('@WS_PORT@', wsPort).replace('@MODULES@', modules));
  // In the foreground, so that it ends with the test; it takes its helpers with it.
  const server = start(PROGRAM, ['-DD', '-E', '-e', '-f', file, '-w', home, '-Y', home, '-P', join(home, 'pid'), '-m', '64', '-M', '8']);
  const stop = async () => {
    await end(server);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await printed(server, () => accepts(wsPort));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `ws://127.0.0.1:${wsPort}/`;
  return {
    url,
    domain: 'phones.test',
    /** What a phone needs to register as this person: `ours`, `peer` or `third`. */
    account: (name) => ({ url, domain: 'phones.test', account: name, password: `password-of-${name}` }),
    /** What it has printed. */
    output: () => server.output,
    stop,
  };
}
