import { defineConfig, loadEnv } from '@medusajs/framework/utils';

loadEnv(process.env.NODE_ENV ?? 'development', process.cwd());

// For tests, and for commands of Medusa's that want a configuration: a shop lists the plugin in its own one.
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: 'http://localhost:8000',
      adminCors: 'http://localhost:9000',
      authCors: 'http://localhost:9000',
      jwtSecret: process.env.JWT_SECRET ?? 'for tests',
      cookieSecret: process.env.COOKIE_SECRET ?? 'for tests',
    },
  },
  admin: { disable: true },
  modules: [{ resolve: './src/modules/twitter' }],
});
