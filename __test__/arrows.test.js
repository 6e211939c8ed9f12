'use strict';

const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twitter-native-arrows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the check says of a tree with these files. @param {Record<string, string>} files */
function check(files) {
  const floors = '```floors core/src\nservices\ntransport\nprotocol\n```\n```floors js\ntop\nbottom\n```\n';
  const all = { 'docs/architecture.md': floors, 'core/src/lib.rs': '', 'js/bottom.js': '', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const script = join(__dirname, '..', 'scripts', 'check-arrows.mjs');
  const { status, stdout } = spawnSync('node', [script, '--root', folder], { encoding: 'utf8' });
  return { ok: status === 0, said: stdout };
}

test('arrows that point down pass', () => {
  const outcome = check({
    'core/src/services/mod.rs': 'use crate::transport::{call::Call, exchange};\nuse crate::protocol::text;\n',
    'core/src/transport/call.rs': 'use super::exchange;\n',
    'core/src/transport/exchange.rs': '',
    'core/src/protocol/text.rs': '',
    'js/top.js': "const bottom = require('./bottom.js');\n",
  });
  expect(outcome).toEqual({ ok: true, said: 'Arrows: 2 trees, all point down\n' });
});

test.each([
  ['a use declaration', 'use crate::{protocol::text, services::media::Upload};\n'],
  ['a path', 'fn upload() -> crate::services::media::Upload { loop {} }\n'],
])('%s that points up fails', (_, source) => {
  const outcome = check({
    'core/src/transport/call.rs': source,
    'core/src/services/media.rs': '',
    'core/src/protocol/text.rs': '',
  });
  expect(outcome.ok).toBe(false);
  expect(outcome.said).toContain('transport/call uses services/media, and transport is not above services');
});

test('tests may use what they like', () => {
  const outcome = check({
    'core/src/protocol/text.rs': '#[cfg(test)]\nmod tests;\n',
    'core/src/protocol/text/tests.rs': 'use crate::services::media;\n',
    'core/src/services/media.rs': '',
  });
  expect(outcome.ok).toBe(true);
});

test('files that use each other fail', () => {
  const outcome = check({
    'core/src/protocol/a.rs': 'use super::b;\n',
    'core/src/protocol/b.rs': 'use super::a;\n',
  });
  expect(outcome.said).toContain('core/src: protocol/a, protocol/b use each other');
});

test.each([
  ['require', "require('./top.js');\n"],
  ['import', "import { top } from './top.js';\n"],
  ['an export', "export { top } from './top.js';\n"],
])('JavaScript that points up by %s fails', (_, source) => {
  const outcome = check({ 'js/top.js': '', 'js/bottom.js': source });
  expect(outcome.said).toContain('js: bottom.js uses top.js, and bottom is not above top');
});

test('a room without a floor fails', () => {
  expect(check({ 'core/src/cellar/mod.rs': '' }).said).toContain('core/src: cellar is on no floor');
});

test('a tree may be the repository itself, without what is installed', () => {
  const page = '```floors .\nscripts\nreliability\ntools\njs core\n```\n';
  const files = {
    'docs/architecture.md': page,
    'reliability/fleet/run.mjs': "import { run } from '../../tools/steps.mjs';\n",
    'tools/steps.mjs': '',
    'tools/node_modules/other/index.js': "require('../../../scripts/test.mjs');\n",
    'scripts/test.mjs': '',
  };
  expect(check(files).ok).toBe(true);
  const outcome = check({ ...files, 'reliability/fleet/run.mjs': "import { run } from '../../scripts/test.mjs';\n" });
  expect(outcome.said).toContain(
    '.: reliability/fleet/run.mjs uses scripts/test.mjs, and reliability is not above scripts',
  );
});

test('tests in Rust are in tests.rs, or in tests/', () => {
  const outcome = check({
    'core/src/protocol/percent.rs': 'fn escape() {}\n\n#[cfg(test)]\nmod tests;\n',
    'core/src/protocol/percent/tests.rs': '#[test]\nfn escapes() {}\n',
    'core/src/protocol/text/mod.rs': '#[cfg(test)]\n#[allow(clippy::panic)]\nmod tests;\n',
    'core/src/protocol/text/tests/links.rs': '#[tokio::test]\nasync fn links() {}\n',
  });
  expect(outcome).toEqual({ ok: true, said: 'Arrows: 2 trees, all point down\n' });
});

test.each([
  [
    'a module in the file',
    '#[cfg(test)]\nmod tests {\n    #[test]\n    fn escapes() {}\n}\n',
    'has tests in a module of its own',
  ],
  ['a module of another name', '#[cfg(test)]\nmod percent_tests;\n', 'has tests in a module of its own'],
  ['a test without a module', '#[test]\nfn escapes() {}\n', 'has a test'],
  ['a test of properties', 'proptest! {\n}\n', 'has a test'],
  ['tests before code', '#[cfg(test)]\nmod tests;\n\nfn escape() {}\n', 'does not end with its tests'],
])('%s fails', (_, source, said) => {
  const outcome = check({ 'core/src/protocol/percent.rs': source });
  expect(outcome.ok).toBe(false);
  expect(outcome.said).toContain(`core/src/protocol/percent.rs ${said}`);
});
