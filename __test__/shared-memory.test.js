'use strict';

const { execFileSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = join(__dirname, '..');
const read = (path) => readFileSync(path, 'utf8');

/** Where a Rust source takes a slice of numbers: from JavaScript, it would be a slice of JavaScript's memory. */
const borrowed = (source) => source.match(/&\s*(?:'\w+\s+)?(?:mut\s+)?\[\s*[uif](?:8|16|32|64)\s*\]/g) ?? [];

/** napi's types whose values are JavaScript's memory, as its own sources declare them. */
function sharingTypes() {
  const metadata = execFileSync('cargo', ['metadata', '--format-version', '1', '--locked'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const napi = JSON.parse(metadata).packages.find(({ name }) => name === 'napi');
  const folder = join(dirname(napi.manifest_path), 'src', 'bindgen_runtime', 'js_values');
  const source = ['arraybuffer.rs', 'buffer.rs'].map((file) => read(join(folder, file))).join('\n');
  const structs = [...source.matchAll(/^pub struct (\w+)/gm)].map(([, name]) => name);
  const made = [...source.matchAll(/^impl_(?:typed_array|from_slice)!\(([^;]*)\);/gm)].flatMap(([, names]) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^\w+(Array|Slice)$/.test(name)),
  );
  return [...new Set([...structs, ...made])].sort();
}

test("every type of napi's that shares memory with JavaScript is forbidden", () => {
  const types = sharingTypes();
  expect(types).toEqual(expect.arrayContaining(['ArrayBuffer', 'Buffer', 'BufferSlice', 'TypedArray', 'Uint8Array']));
  expect(types.length).toBeGreaterThanOrEqual(26);
  const forbidden = [...read(join(root, 'clippy.toml')).matchAll(/"napi::bindgen_prelude::(\w+)"/g)];
  expect(forbidden.map(([, name]) => name).sort()).toEqual(types);
});

test('one file may use them, and none takes a slice of numbers', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rs'))
    .map((file) => [file, read(join(root, 'src', file))]);
  const allowing = files.filter(([, source]) => source.includes('disallowed_types'));
  expect(allowing.map(([file]) => file)).toEqual([join('input', 'bytes.rs')]);
  for (const [file, source] of files) expect([file, borrowed(source)]).toEqual([file, []]);
});

test.each(['bytes: &[u8]', 'mut numbers: &mut [f64]', "bytes: &'env [ u8 ]"])(
  '%s is a slice of numbers',
  (argument) => {
    expect(borrowed(`pub async fn taken(${argument}) {}`)).toHaveLength(1);
  },
);
