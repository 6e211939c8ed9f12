'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { glibcVersion, platformName } = require('./load/platform.js');

/** Each with its name written out, so that bundlers and file tracers see what may be loaded. */
const PACKAGES = {
  'darwin-arm64': () => require('twitter-native-darwin-arm64'),
  'darwin-x64': () => require('twitter-native-darwin-x64'),
  'linux-arm64-gnu': () => require('twitter-native-linux-arm64-gnu'),
  'linux-arm64-musl': () => require('twitter-native-linux-arm64-musl'),
  'linux-x64-gnu': () => require('twitter-native-linux-x64-gnu'),
  'linux-x64-musl': () => require('twitter-native-linux-x64-musl'),
  'win32-arm64-msvc': () => require('twitter-native-win32-arm64-msvc'),
  'win32-x64-msvc': () => require('twitter-native-win32-x64-msvc'),
};

/** Loads the binary for this system, or throws an error that says first what is wrong. */
function load() {
  const platform = platformName();
  try {
    return find(platform);
  } catch (error) {
    const { whyNotLoaded } = require('./load/reasons.js');
    const reason = whyNotLoaded({
      platform,
      error,
      version: require('../package.json').version,
      known: Object.keys(PACKAGES),
      installed: Object.keys(PACKAGES).filter(isInstalled),
      glibcVersion,
    });
    throw new Error(`twitter-native can't be loaded: ${reason}`, { cause: error });
  }
}

/** @param {string} platform */
function find(platform) {
  // For tests, and for those who build their own.
  const given = process.env.NAPI_RS_NATIVE_LIBRARY_PATH;
  if (given) return require(given);
  // A clone of the repository has what it built.
  const built = join(__dirname, '../native', `twitter-native.${platform}.node`);
  if (existsSync(built)) return require(built);
  const fromPackage = PACKAGES[/** @type {keyof typeof PACKAGES} */ (platform)];
  if (fromPackage === undefined) throw new Error(`no binary is made for ${platform}`);
  return fromPackage();
}

/** @param {string} platform */
function isInstalled(platform) {
  try {
    return Boolean(require.resolve(`twitter-native-${platform}`));
  } catch {
    return false;
  }
}

/** @type {import('../types/native.js').Native} */
const native = load();

module.exports = native;
