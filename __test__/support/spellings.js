'use strict';

/** Shorter ones would be found by chance. */
const SHORTEST = 12;

/**
 * The ways in which a secret could be written, each by its beginning: plain, in base64 and base64url wherever in a
 * longer text it stands, percent-encoded, hexadecimal, as JSON.
 * @param {string} secret
 * @returns {string[]}
 */
function spellingsOf(secret) {
  const bytes = Buffer.from(secret);
  const encodings = [0, 1, 2].flatMap((offset) => {
    // With other bytes before it, its own letters begin behind those that it shares with them.
    const skipped = Math.ceil((offset * 8) / 6);
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    return [shifted.toString('base64'), shifted.toString('base64url')].map((text) => text.slice(skipped));
  });
  const hex = bytes.toString('hex');
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1), ...encodings];
  const spellings = [...plain.map((text) => text.slice(0, SHORTEST)), ...[hex, hex.toUpperCase()].map(firstBytes)];
  return [...new Set(spellings)];
}

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

module.exports = { SHORTEST, placesIn, secretsIn, spellingsOf };
