'use strict';

const { closeSync, existsSync, openSync, readFileSync, readSync } = require('node:fs');

/** How much of a program is read to find its loader, which linkers name within the first page. */
const FIRST_PAGE = 4096;

/** Whether Node itself runs on musl. @returns {boolean} */
function isMusl() {
  try {
    // What this process has mapped, since a system may have both. Reading that takes a millisecond, so it comes second.
    return isPlainlyMusl() ?? readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-');
  } catch {
    return glibcVersion() === undefined;
  }
}

/**
 * By the loader that this program names. On a system that has musl, glibc's loader may be musl's under another name.
 * @returns {boolean | undefined} `undefined` where the loader does not settle it
 */
function isPlainlyMusl() {
  const program = firstPageOf('/proc/self/exe');
  if (program.includes('/ld-musl-')) return true;
  const isOfGlibc = program.includes('/ld-linux-');
  return isOfGlibc && !MUSL_NAMES.some((name) => existsSync(`/lib/ld-musl-${name}.so.1`)) ? false : undefined;
}

/** What musl calls the systems that there are binaries for. */
const MUSL_NAMES = ['aarch64', 'x86_64'];

/** @param {string} file */
function firstPageOf(file) {
  const page = Buffer.alloc(FIRST_PAGE);
  const descriptor = openSync(file, 'r');
  try {
    return page.toString('latin1', 0, readSync(descriptor, page, 0, FIRST_PAGE, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** The version of the glibc that Node runs on. It takes milliseconds. @returns {string | undefined} */
function glibcVersion() {
  const report = /** @type {any} */ (process.report);
  report.excludeNetwork = true;
  return report.getReport().header.glibcVersionRuntime;
}

/** This system, as the packages with binaries are named after it. */
function platformName() {
  const { arch, platform } = process;
  if (platform === 'linux') return `linux-${arch}-${isMusl() ? 'musl' : 'gnu'}`;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  return `${platform}-${arch}`;
}

module.exports = { glibcVersion, platformName };
