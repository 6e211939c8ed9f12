const { randomBytes } = require('node:crypto');

Object.assign(process.env, {
  MEDUSA_DISABLE_TELEMETRY: '1',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  TWITTER_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
});
