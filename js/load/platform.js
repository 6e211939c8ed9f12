'use strict';

const { readFileSync } = require('node:fs');

/** Whether Node itself runs on musl. @returns {boolean} */
function isMusl() {
  try {
    // What this process has mapped, since a system may have both.
    return readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-');
  } catch {
    return glibcVersion() === undefined;
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
