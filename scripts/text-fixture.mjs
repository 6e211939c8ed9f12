// Computes the results in crates/core/tests/data/twitter-text/parse-tweet.json again with the published library.
// Usage: node scripts/text-fixture.mjs <directory in which twitter-text 3.1.0 is installed>
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [installation] = process.argv.slice(2);
if (!installation) {
  console.error('usage: node scripts/text-fixture.mjs <directory in which twitter-text is installed>');
  process.exit(1);
}
const { parseTweet } = createRequire(`${resolve(installation)}/`)('twitter-text');
const fixture = new URL('../crates/core/tests/data/twitter-text/parse-tweet.json', import.meta.url);

/** @type {[string, ...unknown[]][]} */
const cases = JSON.parse(readFileSync(fixture, 'utf8'));
const lines = cases.map(([text]) => {
  const result = parseTweet(text);
  const { weightedLength, permillage, valid, displayRangeEnd, validRangeEnd } = result;
  return ` ${JSON.stringify([text, weightedLength, permillage, valid, displayRangeEnd, validRangeEnd])}`;
});
writeFileSync(fixture, `[\n${lines.join(',\n')}\n]\n`);
