import { defineConfig } from '@medusajs/framework/utils';

/** Over plain http on this machine; a shop on https has its own secrets, and leaves `cookieOptions` out. */
const LOCAL_SECRET = 'only-for-this-machine';

/** With a Redis, several processes are one shop: servers that answer, and workers that publish and run the jobs. */
const { REDIS_URL: redisUrl, MEDUSA_WORKER_MODE: workerMode } = process.env;

const fleetModules = [
  { resolve: '@medusajs/medusa/workflow-engine-redis', options: { redis: { redisUrl } } },
  { resolve: '@medusajs/medusa/event-bus-redis', options: { redisUrl } },
  {
    resolve: '@medusajs/medusa/locking',
    options: {
      providers: [
        { resolve: '@medusajs/medusa/locking-redis', id: 'locking-redis', is_default: true, options: { redisUrl } },
      ],
    },
  },
  {
    resolve: '@medusajs/medusa/caching',
    options: {
      providers: [{ resolve: '@medusajs/caching-redis', id: 'caching-redis', is_default: true, options: { redisUrl } }],
    },
  },
];

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    redisUrl,
    workerMode: workerMode as 'shared' | 'server' | 'worker' | undefined,
    http: {
      storeCors: 'http://localhost:8000',
      adminCors: process.env.ADMIN_CORS ?? 'http://localhost:9000',
      authCors: process.env.ADMIN_CORS ?? 'http://localhost:9000',
      jwtSecret: process.env.JWT_SECRET ?? LOCAL_SECRET,
      cookieSecret: process.env.COOKIE_SECRET ?? LOCAL_SECRET,
    },
    cookieOptions: { secure: false },
  },
  admin: { disable: workerMode === 'worker' },
  plugins: [
    {
      resolve: 'medusa-plugin-twitter',
      options: { onUnknown: process.env.TWITTER_ON_UNKNOWN as 'ask' | 'retry' | undefined },
    },
  ],
  modules: redisUrl ? fleetModules : [],
});
