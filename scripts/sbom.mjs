// Writes bills of materials in CycloneDX beside the tarballs: npm run sbom [-- --out FOLDER]
// twitter-native.cdx.json is of the binaries; those of the sandbox and the plugin say what npm installs beside them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checksums, shippedCrates } from '../tools/lib/crates.mjs';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { DERIVED, installedWith } from '../tools/lib/notices.mjs';
import { readOptions } from '../tools/lib/options.mjs';
import { manifestOf } from '../tools/lib/pack.mjs';
import { refuse, requireCargo } from '../tools/lib/requirements.mjs';
import { root } from '../tools/lib/steps.mjs';

const { values } = readOptions({
  options: { out: { type: 'string', default: join(root, 'artifacts', 'packages') } },
});
requireCargo();
ensureNodeModules('tools/sbom');
const { Enums, Models, Serialize, Spec, Validation } = createRequire(join(root, 'tools/sbom/package.json'))(
  '@cyclonedx/cyclonedx-library',
);
const SPEC = Spec.Spec1dot6;

/** @param {string} name @param {string} version @param {string} purl @param {string | null} license */
function library(name, version, purl, license) {
  const component = new Models.Component(Enums.ComponentType.Library, name, { version, purl, bomRef: purl });
  // Old crates write a slash for OR, which SPDX does not know.
  if (license) component.licenses.add(new Models.LicenseExpression(license.replaceAll(/ ?\/ ?/g, ' OR ')));
  return component;
}

/** What is in the binaries. */
function partsOfBinaries() {
  const sums = checksums();
  const crates = shippedCrates().map((crate) => {
    const part = library(crate.name, crate.version, `pkg:cargo/${crate.name}@${crate.version}`, crate.license);
    const sum = sums.get(`${crate.name} ${crate.version}`);
    if (sum) part.hashes.set(Enums.HashAlgorithm['SHA-256'], sum);
    return part;
  });
  return [...crates, ...DERIVED.map(ofNpm)];
}

/** @param {{ name: string, version: string, license: string }} one */
function ofNpm({ name, version, license }) {
  return library(name, version, `pkg:npm/${name.replace('@', '%40')}@${version}`, license);
}

/** @param {any} manifest of the package @param {any[]} parts */
async function billOf(manifest, parts) {
  const bill = new Models.Bom();
  bill.metadata.component = ofNpm(manifest);
  for (const part of parts) {
    bill.components.add(part);
    bill.metadata.component.dependencies.add(part.bomRef);
  }
  const normalize = new Serialize.JSON.Normalize.Factory(SPEC);
  const text = new Serialize.JsonSerializer(normalize).serialize(bill, { sortLists: true, space: 2 });
  const wrong = await new Validation.JsonStrictValidator(SPEC.version).validate(text);
  if (wrong !== null) refuse(`The bill of ${manifest.name} does not fit CycloneDX's schema: ${JSON.stringify(wrong)}`);
  return text;
}

mkdirSync(values.out, { recursive: true });
for (const [folder, parts] of /** @type {[string, any[]][]} */ ([
  ['.', partsOfBinaries()],
  ['sandbox', installedWith('sandbox').map(ofNpm)],
  ['medusa', installedWith('medusa').map(ofNpm)],
])) {
  const manifest = manifestOf(join(root, folder));
  const file = join(values.out, `${manifest.name}.cdx.json`);
  writeFileSync(file, await billOf(manifest, parts));
  console.log(`${file}: ${parts.length} parts`);
}
