'use strict';

/**
 * Another process uses a refresh token: this one has not, so that it does not know the successor.
 * @param {{ url: string, env: Record<string, string> }} sandbox
 * @param {string} refreshToken
 */
async function spendElsewhere({ url, env }, refreshToken) {
  const basic = Buffer.from(`${env.X_CLIENT_ID}:${env.X_CLIENT_SECRET}`).toString('base64');
  const answer = await fetch(`${url}/2/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  if (!answer.ok) throw new Error(`the token was not spent: ${answer.status}`);
}

module.exports = { spendElsewhere };
