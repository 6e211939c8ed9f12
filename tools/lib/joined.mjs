// Puts the JavaScript that loading the package takes into one file: each file costs a third of a millisecond to be found, read
// and compiled, which is more than all that is in it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const JOINED = './joined.js';
const BEGIN = './api.js';
/** A file that is loaded with the one that names it, not when something is first used. */
const AT_ONCE = /^(?:const .+|}) = require\('(\.\/[^']+)'\);$/gm;

/** @param {string} folder the package's `js` @param {string} name as files beside it name it */
const read = (folder, name) => readFileSync(join(folder, name), 'utf8');

/** The files that are loaded at once with a file, it after what it needs. @param {string} folder @param {string} name */
function loadedWith(folder, name, found = /** @type {Set<string>} */ (new Set())) {
  for (const [, needed] of read(folder, name).matchAll(AT_ONCE)) {
    const path = `./${posix.join(posix.dirname(name), String(needed))}`;
    if (!found.has(path)) loadedWith(folder, path, found);
  }
  return found.add(name);
}

/** A file as a function of the joined one. @param {string} folder @param {string} name @param {Set<string>} names */
function asFunction(folder, name, names) {
  const source = read(folder, name);
  const isBeside = posix.dirname(name) === '.';
  // Paths are seen from the joined file, which is beside most of them.
  if (!isBeside && /require\('\.|__dirname|__filename/.test(source))
    throw new Error(`${name} looks for files by its own place`);
  const used = source.replace(/\brequire\('(\.\/[^']+)'\)/g, (text, needed) =>
    names.has(needed) ? `use('${needed}')` : text,
  );
  return `  '${name}'(module, exports) {\n${used}  },\n`;
}

/**
 * Joins the files of a package that is about to be packed. What else loads one of them gets the same from where it was.
 * @param {string} folder the package
 */
export function joinLoaded(folder) {
  const js = join(folder, 'js');
  const names = loadedWith(js, BEGIN);
  const functions = [...names].map((name) => asFunction(js, name, names));
  const text = `'use strict';

// Made of the files that it names when the package is packed, so that one file is loaded in their place.
const files = {
${functions.join('')}};

/** @type {Record<string, { exports: any }>} */
const modules = Object.create(null);

/** What a file exports. @param {string} name */
function use(name) {
  if (modules[name] === undefined) {
    modules[name] = { exports: {} };
    files[name](modules[name], modules[name].exports);
  }
  return modules[name].exports;
}

module.exports = use;
`;
  for (const name of names) {
    const joined = posix.relative(posix.dirname(name), JOINED);
    const path = joined.startsWith('.') ? joined : `./${joined}`;
    writeFileSync(join(js, name), `'use strict';\n\nmodule.exports = require('${path}')('${name}');\n`);
  }
  writeFileSync(join(js, JOINED), text);
  const index = read(folder, 'index.js');
  const entry = "require('./js/api.js')";
  if (!index.includes(entry)) throw new Error(`index.js does not have ${entry}`);
  writeFileSync(join(folder, 'index.js'), index.replace(entry, `require('./js/joined.js')('${BEGIN}')`));
}
