import { defineConfig } from '@medusajs/framework/utils';

/** Over plain http on this machine; a shop on https has its own secrets, and leaves `cookieOptions` out. */
const LOCAL_SECRET = 'only-for-this-machine';

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: 'http://localhost:8000',
      adminCors: process.env.ADMIN_CORS ?? 'http://localhost:9000',
      authCors: process.env.ADMIN_CORS ?? 'http://localhost:9000',
      jwtSecret: process.env.JWT_SECRET ?? LOCAL_SECRET,
      cookieSecret: process.env.COOKIE_SECRET ?? LOCAL_SECRET,
    },
    cookieOptions: { secure: false },
  },
  plugins: [{ resolve: 'medusa-plugin-twitter', options: {} }],
});
