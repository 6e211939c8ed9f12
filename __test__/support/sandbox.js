'use strict';

const { startSandbox: start, ...others } = require('../../sandbox/index.js');
const { keepSecrets } = require('./records.js');

/**
 * A sandbox whose secrets are kept for the search at the end of the run.
 * @param {import('../../sandbox/index.js').SandboxOptions} [options]
 */
async function startSandbox(options) {
  const sandbox = await start(options);
  const { X_CLIENT_SECRET, X_API_SECRET } = sandbox.env;
  keepSecrets([X_CLIENT_SECRET, X_API_SECRET]);
  return {
    ...sandbox,
    /** @param {Parameters<typeof sandbox.seedUser>[0]} [user] */
    seedUser(user) {
      const seeded = sandbox.seedUser(user);
      const { accessToken, accessTokenSecret } = seeded.oauth1Credentials;
      keepSecrets([accessToken, accessTokenSecret, seeded.oauth2.accessToken, seeded.oauth2.refreshToken]);
      return seeded;
    },
    async close() {
      for (const grant of sandbox.ledger.tokens()) keepSecrets([grant.accessToken, grant.refreshToken]);
      await sandbox.close();
    },
  };
}

module.exports = { ...others, startSandbox };
