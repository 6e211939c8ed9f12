// Rust's tests have one place: those of `a.rs` and `a/mod.rs` are in `a/tests.rs`, or by subject in `a/tests/`, and the module
// ends with `#[cfg(test)] mod tests;`, as in Rust's own library.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesOf } from './sources.mjs';

/** Tests of modules, and whole programs of tests: https://doc.rust-lang.org/cargo/reference/cargo-targets.html#integration-tests */
const TESTS = /(^|\/)tests(\.rs$|\/)|^reliability\/model\//;
const TEST = /#\[(?:\w+::)?test\b|\bproptest! *\{/;
/** What is compiled for tests alone may be a helper; a module of it is the tests'. */
const MODULE = /#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))? )?mod (\w+)\s*([;{])/g;

/** @param {string} path @param {string} source */
function problemsOf(path, source) {
  const modules = [...source.matchAll(MODULE)];
  const wrong = modules.filter(([, name, mark]) => name !== 'tests' || mark !== ';');
  const [last] = modules.slice(-1);
  const isLast = last === undefined || source.slice(last.index + last[0].length).trim() === '';
  if (wrong.length > 0) return [`${path} has tests in a module of its own: they belong in tests.rs`];
  if (!isLast) return [`${path} does not end with its tests`];
  return TEST.test(source) ? [`${path} has a test: it belongs in tests.rs`] : [];
}

/** Tests that are elsewhere, as sentences. @param {string} root */
export function strayTests(root) {
  const sources = sourcesOf(root, /\.rs$/).filter((path) => !TESTS.test(path));
  return sources.flatMap((path) => problemsOf(path, readFileSync(join(root, path), 'utf8')));
}
