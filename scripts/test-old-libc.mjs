// Uses the binary that would be published under the libc of Debian 11: npm run test:old-libc [-- --binary FILE]
// As root, with debootstrap. The system is made once, in target/bullseye; this machine's Node runs in it.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformName } from '../js/load/platform.js';
import { ensurePlugin } from '../tools/lib/medusa-shop.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { buildPortable, hostTarget } from '../tools/lib/portable.mjs';
import { tryRelease } from '../tools/lib/release-trial.mjs';
import { refuse } from '../tools/lib/requirements.mjs';
import { root, run } from '../tools/lib/steps.mjs';

const SYSTEM = join(root, 'target', 'bullseye');

const { values } = readOptions({ options: { binary: { type: 'string' } } });
if (!platformName().endsWith('-gnu') || process.getuid?.() !== 0)
  refuse('This needs a Linux with glibc, and root for chroot.');
if (!existsSync(join(SYSTEM, '.made'))) {
  rmSync(SYSTEM, { recursive: true, force: true });
  run('debootstrap', ['--variant=minbase', 'bullseye', SYSTEM]);
  copyFileSync('/etc/hostname', join(SYSTEM, '.made'));
}
copyFileSync(process.execPath, join(SYSTEM, 'usr', 'local', 'bin', 'node'));

const out = mkdtempSync(join(tmpdir(), 'twitter-native-binary-'));
try {
  const binary = values.binary ?? buildPortable(hostTarget(), out);
  ensurePlugin();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  run('chroot', [
    SYSTEM,
    '/usr/local/bin/node',
    '-p',
    "'glibc ' + process.report.getReport().header.glibcVersionRuntime",
  ]);
  await tryRelease({ [platformName()]: binary }, version, {
    parent: join(SYSTEM, 'tmp'),
    launch: (program) => ['chroot', SYSTEM, '/usr/local/bin/node', program.slice(SYSTEM.length)],
  });
} catch (error) {
  refuse(/** @type {Error} */ (error).message);
} finally {
  rmSync(out, { recursive: true, force: true });
}
