// Which sources the built addon is from, so that it is not compiled when nothing has changed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './ensure-built.mjs';
import { root } from './steps.mjs';

const SOURCES = ['.cargo', 'Cargo.lock', 'Cargo.toml', 'build.rs', 'crates', 'package.json', 'src', 'types'];
const STAMP = join(root, 'native', '.built-for');

/** @typedef {'release' | 'debug'} Profile */

/** @param {Profile} profile */
const stampOf = (profile) => `${profile} ${digestOf(SOURCES)}\n`;

/** Whether the addon in native/ is of today's sources and of this profile. @param {Profile} profile */
export function isBuilt(profile) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampOf(profile);
}

/** @param {Profile} profile */
export function noteBuilt(profile) {
  writeFileSync(STAMP, stampOf(profile));
}

/** Before it is built: a build that fails in the middle counts for nothing. */
export function forgetBuilt() {
  rmSync(STAMP, { force: true });
}
