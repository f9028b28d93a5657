import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { end, printed, start } from './child.mjs';
import { ADDRESS } from './phone-own-network.mjs';

const CONFIGURATION = fileURLToPath(new URL('../sip/asterisk/', import.meta.url));

/** Files that it misses where they are not there, and that say nothing. */
const EMPTY = ['acl', 'ccss', 'cdr', 'cel', 'confbridge', 'features', 'indications', 'musiconhold', 'pjproject', 'udptl'];

/** Why Asterisk cannot be run; undefined: it can. */
export const asteriskLacks = process.env.ASTERISK_ROOT ? undefined
  : 'ASTERISK_ROOT does not name a folder with Debian bullseye\'s asterisk in it, with which Asterisk is run';

// Its root stays as it is: what is put over it is there for this process only.
const RUN = `
set -e
for place in dev proc test; do mkdir -p "$ASTERISK_ROOT/$place"; done
for file in hosts resolv.conf; do
  touch "$ASTERISK_ROOT/etc/$file"
  mount --bind "$HOME_OF_TEST/$file" "$ASTERISK_ROOT/etc/$file"
done
mount --bind /dev "$ASTERISK_ROOT/dev"
mount -t proc proc "$ASTERISK_ROOT/proc"
mount --bind "$HOME_OF_TEST" "$ASTERISK_ROOT/test"
exec chroot "$ASTERISK_ROOT" /usr/sbin/asterisk -C /test/etc/asterisk.conf -f -n -vvv
`;

/** Starts an Asterisk in this network, which must have an address beside the loopback one: it offers no sound at that. */
export async function startAsterisk() {
  const home = await mkdtemp(join(tmpdir(), 'asterisk-test-'));
  const etc = join(home, 'etc');
  await Promise.all(['etc', 'db', 'spool', 'run', 'log'].map((name) => mkdir(join(home, name))));
  for (const name of await readdir(CONFIGURATION)) await copyFile(join(CONFIGURATION, name), join(etc, name));
  for (const name of EMPTY) await writeFile(join(etc, `${name}.conf`), '');
  // It asks for its own name, and a name server that does not answer would hold up each call.
  await writeFile(join(home, 'hosts'), `127.0.0.1 localhost\n${ADDRESS} ${hostname()}\n`);
  await writeFile(join(home, 'resolv.conf'), 'options timeout:1 attempts:1\n');
  const server = start('unshare', ['--mount', '--propagation', 'private', 'bash', '-c', RUN], {
    env: { ...process.env, HOME_OF_TEST: home },
  });
  const stop = async () => {
    await end(server);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await printed(server, (text) => text.includes('Asterisk Ready'));
  } catch (error) {
    await stop();
    throw error;
  }
  const url = 'ws://127.0.0.1:8088/ws';
  return {
    url,
    /** What a phone needs to register as this person: `ours`, `peer` or `third`. */
    account: (name) => ({ url, domain: '127.0.0.1', account: name, password: `password-of-${name}` }),
    /** What it has printed. */
    output: () => server.output,
    stop,
  };
}
