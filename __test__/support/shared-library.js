'use strict';

const { spawnSync } = require('node:child_process');
const { mkdtempSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

/**
 * Makes a shared library that needs another one, which is made for this and not there when it is loaded.
 * @param {string} file @param {{ library: string, version?: string }} needed
 */
function libraryThatNeeds(file, { library, version }) {
  const own = mkdtempSync(join(dirname(file), 'cc-'));
  writeFileSync(join(own, 'needed.c'), 'int needed(void) { return 1; }');
  writeFileSync(join(own, 'addon.c'), 'int needed(void); int addon(void) { return needed(); }');
  const script = join(own, 'needed.map');
  writeFileSync(script, version ? `${version} { global: needed; };` : '{ global: needed; };');
  const compile = (/** @type {string[]} */ args) => {
    const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const stub = join(own, library);
  compile(['-nostdlib', `-Wl,-soname,${library}`, `-Wl,--version-script,${script}`, '-o', stub, join(own, 'needed.c')]);
  compile(['-nostdlib', '-o', file, join(own, 'addon.c'), stub]);
}

module.exports = { libraryThatNeeds };
