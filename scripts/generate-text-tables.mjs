// Writes the tables of crates/core/src/protocol/text from the published library `twitter-text` and Unicode's emoji
// list: which characters a URL may hold, which top-level domains are known, which sequences count as one emoji.
// Run it after either dependency moved: node scripts/generate-text-tables.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const target = new URL('../crates/core/src/protocol/text/', import.meta.url);
const { parse: parseEmoji } = createRequire(require.resolve('twitter-text'))('twemoji-parser');
const emojiNames = Object.keys(require('unicode-emoji-json/data-by-emoji.json'));

/** @param {string} name */
function expression(name) {
  const module = require(`twitter-text/dist/regexp/${name}.js`);
  return /** @type {RegExp} */ (module.default ?? module);
}

/**
 * The ranges of BMP code units that satisfy a test.
 * @param {(unit: string) => boolean} accepts
 */
function ranges(accepts) {
  const found = [];
  for (let unit = 0; unit <= 0xffff; unit++) {
    if ((unit >= 0xd800 && unit <= 0xdfff) || !accepts(String.fromCharCode(unit))) continue;
    const last = found.at(-1);
    if (last && last[1] === unit - 1) last[1] = unit;
    else found.push([unit, unit]);
  }
  return found;
}

/** @param {string} name @param {string} doc @param {(unit: string) => boolean} accepts */
function table(name, doc, accepts) {
  const found = ranges(accepts);
  // The library tests the halves of an astral character one by one; a lone half stands for all of them.
  if (accepts('\ud83d')) found.push([0x10000, 0x10ffff]);
  const rows = found.map(([from, to]) => `('\\u{${from.toString(16)}}', '\\u{${to.toString(16)}}')`);
  return `/// ${doc}\npub(super) const ${name}: &[(char, char)] = &[${rows.join(', ')}];\n`;
}

/** @param {RegExp} source @param {string} flags */
const whole = (source, flags = 'i') => {
  const tested = new RegExp(`^(?:${source.source})$`, flags);
  return (/** @type {string} */ unit) => tested.test(unit);
};

const asciiDomain = expression('validAsciiDomain').source.match(/^\(\?:\(\?:(\[.*?\])\+\)/)?.[1];
if (!asciiDomain) throw new Error('validAsciiDomain has another shape than before');

const tables = [
  '//! Which characters a URL may hold. Written by scripts/generate-text-tables.mjs from twitter-text; do not edit.\n',
  table('DOMAIN', 'Characters of a domain label.', whole(expression('validDomainChars'))),
  table('ASCII_DOMAIN', 'Characters of a label of a domain that is a link without a scheme.', whole(new RegExp(asciiDomain))),
  table('PRECEDING', 'Characters that a URL may stand behind.', (unit) =>
    new RegExp(`^(?:${expression('validUrlPrecedingChars').source.replace('|^', '')})$`, 'i').test(unit),
  ),
  table('PATH', 'Characters of a path.', whole(expression('validGeneralUrlPathChars'))),
  table('PATH_END', 'Characters that a path may end in.', whole(expression('validUrlPathEndingChars'))),
  table('QUERY', 'Characters of a query.', whole(expression('validUrlQueryChars'))),
  table('QUERY_END', 'Characters that a query may end in.', whole(expression('validUrlQueryEndingChars'))),
].join('\n');
writeFileSync(new URL('tables.rs', target), tables);
execFileSync('rustfmt', ['--edition', '2024', new URL('tables.rs', target).pathname]);

/** @param {string} name */
const domains = (name) => expression(name).source.match(/^\(\?:\(\?:(.*?)\)\(\?=/s)?.[1].split('|') ?? [];
const generic = domains('validGTLD');
const country = domains('validCCTLD');
if (generic.length < 1000 || country.length < 250) throw new Error('the lists of domains were not found');
const lower = (/** @type {string[]} */ names) => names.map((name) => name.toLowerCase()).sort();
writeFileSync(new URL('data/generic_tlds.txt', target), `${lower(generic).join('\n')}\n`);
writeFileSync(new URL('data/country_tlds.txt', target), `${lower(country).join('\n')}\n`);

/** Says whether the library takes the whole text as one emoji. @param {string} text */
function isOneEmoji(text) {
  const found = parseEmoji(text);
  return found.length === 1 && found[0].indices[0] === 0 && found[0].indices[1] === text.length;
}
const candidates = new Set();
const tones = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'];
for (let point = 0; point <= 0x10ffff; point++) {
  if (point >= 0xd800 && point <= 0xdfff) continue;
  const text = String.fromCodePoint(point);
  for (const end of ['', '\ufe0f', '\ufe0f\u20e3', '\u20e3', ...tones.slice(1)]) candidates.add(text + end);
}
for (let first = 0; first < 26; first++) {
  for (let second = 0; second < 26; second++) {
    candidates.add(String.fromCodePoint(0x1f1e6 + first, 0x1f1e6 + second));
  }
}
for (const name of emojiNames) {
  const parts = name.replace(/[\u{1f3fb}-\u{1f3ff}]/gu, '').split('\u200d');
  // Each part may carry a tone and a variation selector, or neither.
  let variants = [''];
  for (const [index, part] of parts.entries()) {
    const bare = part.replace(/\ufe0f/g, '');
    const forms = new Set(tones.flatMap((tone) => [bare + tone, `${bare}${tone}\ufe0f`]).concat(part));
    variants = variants.flatMap((head) => [...forms].map((form) => (index ? `${head}\u200d${form}` : form)));
    if (variants.length > 30_000) break;
  }
  for (const variant of variants) candidates.add(variant);
}
const emoji = [...candidates].filter(isOneEmoji).sort();
writeFileSync(new URL('data/emoji.txt', target), `${emoji.join('\n')}\n`);

const bytes = readFileSync(new URL('data/emoji.txt', target)).length;
console.log(`${generic.length} + ${country.length} domains, ${emoji.length} emoji sequences (${bytes} bytes)`);
