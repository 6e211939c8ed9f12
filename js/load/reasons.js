'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** What only the repository has of this package. */
const SOURCES = join(__dirname, '..', '..', 'Cargo.toml');

/**
 * @typedef {object} Attempt
 * @property {string} platform this system's name, for example `linux-x64-gnu`
 * @property {any} error what loading threw
 * @property {string} version of this package
 * @property {string[]} known systems that there are binaries for
 * @property {string[]} installed systems whose packages are installed
 * @property {() => string | undefined} glibcVersion
 */

/**
 * Why the binary was not loaded, and what to do, in one or two sentences.
 * @param {Attempt} attempt
 */
function whyNotLoaded(attempt) {
  const { error, known, platform } = attempt;
  const text = String(error?.message);
  if (!known.includes(platform)) {
    return `there is no binary for ${platform}. There are some for ${known.join(', ')}; others can build it from source.`;
  }
  if (error?.code === 'ERR_DLOPEN_DISABLED') {
    return "Node's permission model refuses native addons: add --allow-addons to --permission.";
  }
  if (isMissing(error, platform)) return whyMissing(attempt);
  const [, needed] = /GLIBC_(\d+\.\d+(?:\.\d+)?)' not found/.exec(text) ?? [];
  if (needed) {
    const found = attempt.glibcVersion() ?? 'an older one';
    return `the binary needs glibc ${needed}, and this system has ${found}. Use a newer system or base image.`;
  }
  const [, foreign] = /(libc\.musl-\w+\.so\.1|ld-linux[\w.-]*|libc\.so\.6): cannot open shared object/.exec(text) ?? [];
  if (foreign) {
    const [theirs, ours] = foreign.includes('musl') ? ['musl', 'glibc'] : ['glibc', 'musl'];
    return `the binary is for ${theirs}, and this system has ${ours}. ${REINSTALL}`;
  }
  return `the binary for ${platform} could not be loaded: ${text}`;
}

const REINSTALL = 'Was node_modules copied from another system or image? Install it where it is used.';

/** @param {any} error @param {string} platform */
function isMissing(error, platform) {
  return error?.code === 'MODULE_NOT_FOUND' && String(error.message).includes(`twitter-native-${platform}`);
}

/** @param {Attempt} attempt */
function whyMissing({ installed, platform, version }) {
  if (existsSync(SOURCES)) return 'this is its repository, and the addon is not compiled yet. npm run build does that.';
  const name = `twitter-native-${platform}`;
  const [other] = installed;
  if (other) return `${name} is not installed, but twitter-native-${other} is. ${REINSTALL}`;
  return (
    `${name}, the package with the binary for this system, is not installed. npm leaves it out with --omit=optional, with ` +
    'a package-lock.json that another system made, and when node_modules is copied from another system. ' +
    `This installs it: npm install --save-optional ${name}@${version}`
  );
}

module.exports = { whyNotLoaded };
