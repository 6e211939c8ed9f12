// Computes the results in crates/core/tests/data/twitter-text/parse-tweet.json again with the published library:
// node scripts/text-fixture.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { parseTweet } = createRequire(import.meta.url)('twitter-text');
const fixture = new URL('../crates/core/tests/data/twitter-text/parse-tweet.json', import.meta.url);

/** @type {[string, ...unknown[]][]} */
const cases = JSON.parse(readFileSync(fixture, 'utf8'));
const lines = cases.map(([text]) => {
  const result = parseTweet(text);
  const { weightedLength, permillage, valid, displayRangeEnd, validRangeEnd } = result;
  return ` ${JSON.stringify([text, weightedLength, permillage, valid, displayRangeEnd, validRangeEnd])}`;
});
writeFileSync(fixture, `[\n${lines.join(',\n')}\n]\n`);
