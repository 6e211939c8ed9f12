// Builds what would be published twice, from two folders, and compares the bytes: npm run check:reproducible [-- --target TRIPLE]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../tools/lib/options.mjs';
import { hostTarget } from '../tools/lib/portable.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root, run } from '../tools/lib/steps.mjs';

const TOOLS = join(root, 'target', 'tools');

const { values } = readOptions({ options: { target: { type: 'string' } } });
requireCargo();
const target = values.target ?? hostTarget();
const folder = mkdtempSync(join(tmpdir(), 'twitter-native-reproducible-'));

const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim();

/** Builds the last commit in a folder of its own, and gives the binary's digest. @param {string} name */
function build(name) {
  const tree = join(folder, name);
  mkdirSync(tree);
  const archive = join(folder, `${name}.tar`);
  run('git', ['archive', '--output', archive, commit]);
  run('tar', ['-xf', archive, '-C', tree]);
  // zig is large, and the same for both.
  mkdirSync(TOOLS, { recursive: true });
  mkdirSync(join(tree, 'target'));
  symlinkSync(TOOLS, join(tree, 'target', 'tools'));
  const out = join(folder, `${name}-binary`);
  run('node', ['scripts/build-portable.mjs', '--target', target, '--out', out], { cwd: tree });
  rmSync(join(tree, 'target'), { recursive: true, force: true });
  const [file] = readdirSync(out);
  const bytes = readFileSync(join(out, file ?? refuse('No binary was built.')));
  const digest = createHash('sha256').update(bytes).digest('hex');
  console.log(`${name}: ${bytes.length.toLocaleString('en')} bytes, sha256 ${digest}`);
  return digest;
}

try {
  // Paths of different lengths: one that is written into the binary would move all that follows.
  const [one, other] = ['one', 'another-folder-with-a-longer-name'].map(build);
  if (one !== other) refuse('Two builds of the same commit differ.');
  console.log('Two builds of the same commit are equal, byte for byte.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
