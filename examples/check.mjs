// Counts a text as X does: node examples/check.mjs "A text"
import { parseTweetText, validateTweet } from 'twitter-native';

const text = process.argv[2] ?? '';
const { weightedLength } = parseTweetText(text);
console.log(`${weightedLength} of 280`);

const { valid, problems } = validateTweet({ text });
for (const { field, message } of problems) console.log(`${field}: ${message}`);
process.exitCode = valid ? 0 : 1;
