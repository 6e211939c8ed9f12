import { defineConfig, loadEnv } from '@medusajs/framework/utils';

loadEnv(process.env.NODE_ENV ?? 'development', process.cwd());

const LOCAL_SECRET = 'only-for-this-machine';

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    workerMode: process.env.MEDUSA_WORKER_MODE as 'shared' | 'server' | 'worker' | undefined,
    http: {
      storeCors: 'http://localhost:8000',
      adminCors: 'http://localhost:9000',
      authCors: 'http://localhost:9000',
      jwtSecret: process.env.JWT_SECRET ?? LOCAL_SECRET,
      cookieSecret: process.env.COOKIE_SECRET ?? LOCAL_SECRET,
    },
  },
  admin: { disable: true },
  // medusa-plugin-twitter has names of its own, so it may lie beside the modules below: a test has both.
  plugins: process.env.BESIDE_THE_PLUGIN === 'yes' ? [{ resolve: 'medusa-plugin-twitter', options: {} }] : [],
  modules: [
    { resolve: './src/modules/encryption' },
    { resolve: './src/modules/social-provider' },
    { resolve: './src/modules/socials' },
  ],
});
