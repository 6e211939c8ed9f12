'use strict';

/** Shorter ones would be found by chance. */
const SHORTEST = 12;

/**
 * The ways in which a secret could be written, each by its beginning: plain and in letters of one case; in base64 and
 * base64url wherever in a longer text it is, of the secret itself and percent-encoded; hexadecimal; percent-encoded
 * once and twice, with digits of either case; as JSON, whatever that escapes.
 * @param {string} secret
 * @returns {string[]}
 */
function spellingsOf(secret) {
  const hex = Buffer.from(secret).toString('hex');
  const percent = encodeURIComponent(secret);
  const encodings = [secret, percent].flatMap(encodingsOf);
  const cases = [secret.toLowerCase(), secret.toUpperCase()];
  const plain = [secret, percent, JSON.stringify(secret).slice(1), ...cases, ...encodings];
  const spellings = [...plain.map((text) => text.slice(0, SHORTEST)), ...[hex, hex.toUpperCase()].map(firstBytes)];
  return [...new Set([...spellings, ...escapesOf(secret.slice(0, SHORTEST))])];
}

/** @param {string} text */
const encodingsOf = (text) =>
  [0, 1, 2].flatMap((offset) => {
    // With other bytes before it, its own letters begin after those that it shares with them.
    const skipped = Math.ceil((offset * 8) / 6);
    const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    return [shifted.toString('base64'), shifted.toString('base64url')].map((encoded) => encoded.slice(skipped));
  });

/** Whole, since an escape is longer than what it stands for. @param {string} beginning */
function escapesOf(beginning) {
  const percent = encodeURIComponent(beginning);
  return [
    ...[percent, smallDigits(percent)].flatMap((once) => [once, smallDigits(encodeURIComponent(once))]),
    encodeURIComponent(percent),
    Buffer.from(beginning).toString('hex').replace(/../g, '%$&'),
    JSON.stringify(beginning).slice(1, -1).replaceAll('/', '\\/'),
    inUnits(beginning),
  ];
}

/** @param {string} percent */
const smallDigits = (percent) => percent.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase());

/** As JSON may write any letter. @param {string} text */
const inUnits = (text) =>
  [...text.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** @param {string} hex */
const firstBytes = (hex) => hex.slice(0, 2 * SHORTEST);

/**
 * Where secrets can be seen in a text. One pass over it will do for any number of them: all spellings begin with a window
 * of the same length.
 * @param {string} text
 * @param {Iterable<string>} secrets
 * @returns {Array<{ at: number, secret: string }>}
 */
function placesIn(text, secrets) {
  /** @type {Map<string, Array<{ spelling: string, secret: string }>>} */
  const windows = new Map();
  for (const secret of secrets) {
    for (const spelling of spellingsOf(secret)) {
      const start = spelling.slice(0, SHORTEST);
      windows.set(start, [...(windows.get(start) ?? []), { spelling, secret }]);
    }
  }
  const places = [];
  for (let at = 0; at + SHORTEST <= text.length; at++) {
    const candidates = windows.get(text.slice(at, at + SHORTEST)) ?? [];
    for (const { spelling, secret } of candidates) if (text.startsWith(spelling, at)) places.push({ at, secret });
  }
  return places;
}

/**
 * Which of the secrets can be seen in a text, by name.
 * @param {string} text
 * @param {Record<string, string>} secrets
 * @returns {string[]}
 */
function secretsIn(text, secrets) {
  const seen = new Set(placesIn(text, Object.values(secrets)).map(({ secret }) => secret));
  return Object.keys(secrets).filter((name) => seen.has(secrets[name]));
}

module.exports = { SHORTEST, inUnits, placesIn, secretsIn, smallDigits, spellingsOf };
