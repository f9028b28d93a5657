import { readFile } from 'node:fs/promises';

const TYPES = new URL('../../pkg-config/index.d.ts', import.meta.url);

/** What index.d.ts says, read as plainly as it is written: a member a line, two blanks in. */
export async function declarations() {
  const text = await readFile(TYPES, 'utf8');
  const block = (kind, name) => {
    const found = text.match(new RegExp(`^export ${kind} ${name}\\b[^{]*\\{\\n([^]*?)^\\}`, 'm'));
    if (!found) throw new Error(`index.d.ts has no ${kind} ${name}`);
    return found[1].split('\n');
  };
  const members = (lines) => lines.map((line) => line.match(/^ {2}(static )?(?:readonly )?(\w+)\??[<(:]/)).filter(Boolean)
    .map(([, isStatic, name]) => ({ name, isStatic: isStatic !== undefined }))
    // A method that may be called in several ways stands there once for each.
    .filter(({ name }, at, all) => all.findIndex((other) => other.name === name) === at);
  return {
    /** Names of an interface's members. */
    of: (name) => members(block('interface', name)).map((member) => member.name),
    /** Names of a class's members, its constructor left out, and of its static ones. */
    ofClass: (name) => {
      const all = members(block('class', name)).filter((member) => member.name !== 'constructor');
      const names = (isStatic) => all.filter((member) => member.isStatic === isStatic).map((member) => member.name);
      return { own: names(false), statics: names(true) };
    },
    /** What a class's methods are said to return. */
    returns: (name) => Object.fromEntries(block('class', name).map((line) => line.match(/^ {2}(\w+)[<(].*\): (.*);$/)).filter(Boolean)
      .map(([, method, type]) => [method, type])),
    /** The texts of a union. */
    union: (name) => {
      const found = text.match(new RegExp(`^export type ${name} =([^;]*);`, 'm'));
      if (!found) throw new Error(`index.d.ts has no type ${name}`);
      return [...found[1].matchAll(/'(\w+)'/g)].map(([, word]) => word);
    },
  };
}
