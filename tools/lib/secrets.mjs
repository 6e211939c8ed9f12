// Searches all that a test run printed, threw or inspected for the secrets that it used.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { SHORTEST, placesIn } = createRequire(import.meta.url)('../../__test__/support/spellings.js');

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
  const places = placesIn(seen, secrets);
  const found = places.map((/** @type {{ at: number }} */ { at }) =>
    seen.slice(Math.max(0, at - 80), at).replaceAll('\n', ' '),
  );
  return { secrets: secrets.size, characters: seen.length, found };
}
