import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './child.mjs';
import { PKG } from './paths.mjs';

const PROJECTS = fileURLToPath(new URL('../package/', import.meta.url));

/** Nothing that is installed here tells anybody that it is used. */
export const QUIET = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', npm_config_update_notifier: 'false' };

/** Runs a program in a folder to its end; gives what it wrote to its standard output. */
export async function run(folder, program, ...args) {
  let output = '';
  const child = start(program, args, { cwd: folder, env: QUIET });
  child.stdout.on('data', (text) => { output += text; });
  await child.ended;
  if (child.exitCode !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${child.output}`);
  return output;
}

/** A folder of its own, gone afterwards. */
export async function scratch(t) {
  const folder = await mkdtemp(join(tmpdir(), 'agent-toolbar-'));
  // A server that is being stopped may still write into it.
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** What `npm pack` makes of the package: the tarball's path, and the files in it. */
export async function pack(folder) {
  const [{ filename, files }] = JSON.parse(await run(PKG, 'npm', 'pack', '--json', '--pack-destination', folder));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

/**
 * The project of this name, with what its lock file names and the packed package, as anybody would have it: outside of this
 * repository, whose own packages it would find otherwise.
 */
export async function install(t, name) {
  const folder = await scratch(t);
  await cp(join(PROJECTS, name), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const { tarball } = await pack(folder);
  // Not `npm ci`, which wants the programs of all platforms in the lock file, whether the registry at hand has them or not.
  await run(folder, 'npm', 'install', '--no-save', '--prefer-offline', tarball);
  return folder;
}
