// Searches all that a test run printed, threw or inspected for the secrets that it used.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { SHORTEST, spellingsOf } = createRequire(import.meta.url)('../../__test__/support/spellings.js');

/** @param {string} folder @param {string} kind */
function recordsOf(folder, kind) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/**
 * @param {string} folder where the tests kept their records
 * @param {string} printed what all runners printed
 * @returns {{ secrets: number, characters: number, found: string[] }}
 */
export function searchForSecrets(folder, printed) {
  const secrets = new Set(
    recordsOf(folder, 'secrets')
      .flatMap((text) => text.split('\n'))
      .filter((secret) => secret.length >= SHORTEST),
  );
  const seen = [...recordsOf(folder, 'seen'), printed].join('\n');
  const wanted = new Map(
    [...secrets].flatMap((secret) => spellingsOf(secret).map((/** @type {string} */ text) => [text, secret])),
  );
  // One pass over each position is quick: all spellings begin with a window of the same length.
  const windows = new Map();
  for (const [text, secret] of wanted) windows.set(text.slice(0, SHORTEST), { text, secret });
  const found = [];
  for (let at = 0; at + SHORTEST <= seen.length; at++) {
    const hit = windows.get(seen.slice(at, at + SHORTEST));
    if (hit && seen.startsWith(hit.text, at)) found.push(seen.slice(Math.max(0, at - 80), at).replaceAll('\n', ' '));
  }
  return { secrets: secrets.size, characters: seen.length, found };
}
