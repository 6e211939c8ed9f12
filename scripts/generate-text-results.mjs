// Writes the published library's results for many texts, which the Rust tests hold our own counting against.
// Run it after `twitter-text` moved: node scripts/generate-text-results.mjs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { parseTweet } = createRequire(import.meta.url)('twitter-text');
const target = new URL('../crates/core/src/protocol/text/data/published_results.jsonl', import.meta.url);

const atoms = [
  'hello', 'a', 'Z', '0', ' ', '  ', '\n', '.', ',', '!', '?', '-', '_', '/', '@', '#', '$', '(', ')', '[', ']', '&',
  '=', '%', '~', '+', ':', ';', '"', "'", '|', 'http://', 'https://', 'HTTPS://', 'www.', 'example.com', 'example.co.uk',
  't.co/abc123', 'https://t.co/abcdefghij', 'https://t.co/a.b?x=1', 'twitter.com', 'foo.bar', 'müller.de', '日本.jp',
  'https://日本.jp/パス', 'x.y.z.info', 'example.中国', '.com', 'a.b', 'http://a', 'http://a.b', 'a_b.com', '_a.com', 'a-.com',
  'https://example.com/a(b)c', 'https://example.com/a_(b(c))', '?q=1&b=2#frag', '/path/to', '/', 'user@example.com',
  '@user', '#tag', '$TSLA', 'é', 'e\u0301', 'ｅ', '日', '本', '語', '한', 'ع', 'ש', '\u200d', '\u200b', '\u200e', '\u202a',
  '\u2066', '\ufeff', '\ufffe', '\uffff', '\ufe0f', '\u20e3', '😀', '👍🏽', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇺🇸', '🇩🇪', '1️⃣', '☺', '☺️', '❤️',
  '🧑🏿‍🚀', '🫠', '🪩', '𝒳', '𠜎', 'ﷺ', 'ﬁ', '\u212b', 'n\u0303', '\u0344', '한'.normalize('NFD'), 'xn--fiqs8s',
  'http://xn--fiqs8s.com', 'xn--é.com', 'https://sub.example.museum', 'google.com:8080/x', 'http://user:pw@example.com',
  'http://example.com.', 'http://foo_bar.com', 'http://-foo.com', '🤷🏼‍♀️', '©', '™', '‼️', '中文.com', 'https://example.com/😀',
  'example.com日', 'a'.repeat(60), 'b'.repeat(64), '日'.repeat(30), 'https://example.com/@user/', 'Ⅷ.com', 'ДЕТИ.дети',
]; // prettier-ignore

/** A small generator of pseudo-random numbers (xorshift), so that the file is the same at every run. */
let state = 0x9e3779b9;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

const count = Number(process.argv[2] ?? 6000);
const texts = new Set(['', ...atoms, ...atoms.map((atom) => `a ${atom} b`)]);
while (texts.size < count) {
  const length = 1 + Math.floor(random() * 10);
  let text = '';
  for (let index = 0; index < length; index++) text += atoms[Math.floor(random() * atoms.length)];
  texts.add(text);
}
const lines = [...texts].map((text) => {
  const result = parseTweet(text);
  return JSON.stringify([
    text,
    result.weightedLength,
    result.permillage,
    result.valid,
    result.displayRangeEnd,
    result.validRangeEnd,
  ]);
});
writeFileSync(process.argv[3] ?? target, `${lines.join('\n')}\n`);
