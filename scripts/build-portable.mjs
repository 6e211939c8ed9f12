// Builds the addon as it is published, and checks the binary: npm run build:portable [-- --target TRIPLE --out FOLDER]
// It needs cargo-auditable, and for the linux ones python3: zig, which PyPI has, links them for the oldest glibc.
import { join } from 'node:path';
import { inspectBinary } from '../tools/lib/binary.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { buildPortable, hostTarget } from '../tools/lib/portable.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

const { values } = readOptions({ options: { target: { type: 'string' }, out: { type: 'string' } } });
requireCargo();
const target = values.target ?? hostTarget();
const binary = buildPortable(target, values.out ?? join(root, 'artifacts', 'binaries', target));
const { bytes, glibc, problems } = inspectBinary(binary);
if (problems.length > 0) refuse(`${binary} is not to be published:\n${problems.join('\n')}`);
console.log(`${binary}: ${bytes.toLocaleString('en')} bytes${glibc ? `, from glibc ${glibc} on` : ''}`);
