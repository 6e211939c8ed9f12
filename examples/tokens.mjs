// Posts with tokens that are kept in a file, and refreshed by one process for all: node examples/tokens.mjs folder "Text"
// The first time the environment has them: X_OAUTH2_TOKEN, X_REFRESH_TOKEN and X_TOKEN_EXPIRES_AT (milliseconds).

import { publishTweetWithMedia, TokenManager } from 'twitter-native';
import { argumentsOf } from './lib/arguments.mjs';
import { fileRow } from './lib/file-row.mjs';

const [folder, text] = argumentsOf('FOLDER', 'TEXT');
const row = fileRow(folder);
if (!row.read()) {
  const { X_OAUTH2_TOKEN: accessToken, X_REFRESH_TOKEN: refreshToken, X_TOKEN_EXPIRES_AT: expiresAt } = process.env;
  row.write(JSON.stringify({ accessToken, refreshToken, expiresAt: Number(expiresAt) }));
}

const tokens = new TokenManager({
  async load() {
    const found = row.read();
    return { ...JSON.parse(found.text), version: found.version };
  },
  store: async (next, version) => row.write(JSON.stringify(next), version),
});

const { tweetId, tweetUrl } = await publishTweetWithMedia({ text }, tokens);
console.log(tweetId, tweetUrl);
