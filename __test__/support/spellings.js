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
 * Which of the secrets can be seen in a text, by name.
 * @param {string} text
 * @param {Record<string, string>} secrets
 * @returns {string[]}
 */
function secretsIn(text, secrets) {
  const entries = Object.entries(secrets);
  return entries
    .filter(([, secret]) => spellingsOf(secret).some((known) => text.includes(known)))
    .map(([name]) => name);
}

module.exports = { SHORTEST, secretsIn, spellingsOf };
