const { randomBytes } = require('node:crypto');

Object.assign(process.env, {
  MEDUSA_DISABLE_TELEMETRY: '1',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  // Tests call the jobs themselves: one that runs by the clock would work on rows that are about to be restored.
  MEDUSA_WORKER_MODE: 'server',
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  X_REDIRECT_URI: 'https://shop.example/callback',
});
