import { authenticate, defineMiddlewares } from '@medusajs/framework/http';
import { POST_BODY_LIMIT } from '../http/input';

export default defineMiddlewares({
  routes: [
    { matcher: '/admin/twitter/posts*', method: 'POST', bodyParser: { sizeLimit: POST_BODY_LIMIT } },
    // The way over X may lose the session; where there is one, it has to be the one that asked.
    {
      matcher: '/admin/twitter/oauth/callback',
      middlewares: [authenticate('user', ['session', 'bearer'], { allowUnauthenticated: true })],
    },
    // The signature is over the raw bytes.
    { matcher: '/webhooks/twitter', method: 'POST', bodyParser: { preserveRawBody: true } },
  ],
});
