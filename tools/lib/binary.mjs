// What must be right in a binary before it is published.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { root } from './steps.mjs';

/** The oldest glibc that the gnu binaries load on: CentOS 7 of 2014, and so Debian 8, Ubuntu 14.04 and all later ones. */
export const GLIBC_FLOOR = '2.17';

const ELF = Buffer.from('\x7fELF', 'latin1');
/** What every Linux with glibc or musl has. */
const SYSTEM_LIBRARY =
  /^(lib(c|m|pthread|dl|rt)\.so(\.\d+)?|ld-linux[\w.-]*\.so\.\d|libgcc_s\.so\.1|libc\.musl-\w+\.so\.1)$/;
/** Where machines have people's files, and where cargo has its crates. */
const FOLDERS =
  /(?:\/home\/|\/Users\/|\/root\/|[A-Za-z]:\\Users\\|[/\\]\.cargo[/\\]|[/\\]registry[/\\]src[/\\])[\w./\\@+-]*/;
const SYMBOLS_TOLD = 5;
const MAX_PATH = 200;

/** Whether one glibc is later than another; what has no number counts as later than all. @param {string} one */
function isLater(one, other = GLIBC_FLOOR) {
  const [major = Number.NaN, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  if (Number.isNaN(major)) return true;
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

/** What a Linux binary needs of others. @param {string} file */
function readElf(file) {
  const args = ['--wide', '--dynamic', '--version-info', '--dyn-syms', file];
  const { error, status, stdout, stderr } = spawnSync('readelf', args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`readelf is needed to look into ${file}: install binutils (${error.message})`);
  if (status !== 0) throw new Error(`readelf can't read ${file}: ${stderr}`);
  const all = (/** @type {RegExp} */ pattern) => [...stdout.matchAll(pattern)].map(([, found = '']) => found);
  /** @type {Map<string, string[]>} */
  const symbols = new Map(all(/Name: GLIBC_(\S+)/g).map((version) => [version, []]));
  for (const [, name = '', version = ''] of stdout.matchAll(/ (\S+)@+GLIBC_(\S+)/g)) {
    symbols.set(version, [...(symbols.get(version) ?? []), name]);
  }
  return { libraries: all(/\(NEEDED\).*\[(.+)\]/g), symbols };
}

/** The oldest glibc it loads on, if it needs one. @param {Map<string, string[]>} symbols */
function oldestGlibc(symbols) {
  return [...symbols.keys()].reduce(
    (latest, version) => (latest === undefined || isLater(version, latest) ? version : latest),
    /** @type {string | undefined} */ (undefined),
  );
}

/** The first path of the machine that built it, if there is one. @param {Buffer} bytes */
export function buildersPath(bytes) {
  const text = bytes.toString('latin1');
  // Not where the root user or a container has all at the top.
  const own = [root.replace(/[/\\]$/, ''), homedir()].filter((path) => path.length > 1);
  const at = own.map((path) => text.indexOf(`${path}/`)).find((index) => index >= 0);
  if (at === undefined) return FOLDERS.exec(text)?.[0];
  return /^[\w./\\@+-]*/.exec(text.slice(at, at + MAX_PATH))?.[0];
}

/**
 * Looks at a binary, of whatever system.
 * @param {string} file @param {string} [floor] the oldest glibc that it has to load on
 * @returns {{ bytes: number, glibc: string | undefined, libraries: string[], problems: string[] }}
 */
export function inspectBinary(file, floor = GLIBC_FLOOR) {
  const bytes = readFileSync(file);
  const problems = [];
  const path = buildersPath(bytes);
  if (path !== undefined) problems.push(`it names a path of the machine that built it: ${path}`);
  if (!bytes.subarray(0, ELF.length).equals(ELF))
    return { bytes: bytes.length, glibc: undefined, libraries: [], problems };
  const { libraries, symbols } = readElf(file);
  for (const [version, names] of symbols) {
    if (!isLater(version, floor)) continue;
    problems.push(`it needs glibc ${version}, later than ${floor}: ${names.slice(0, SYMBOLS_TOLD).join(', ')}`);
  }
  const odd = libraries.filter((library) => !SYSTEM_LIBRARY.test(library));
  if (odd.length > 0) problems.push(`it needs ${odd.join(', ')}, which not every system has`);
  return { bytes: bytes.length, glibc: oldestGlibc(symbols), libraries, problems };
}
