'use strict';

const Fastify = require('fastify');
const { authenticate } = require('./auth/authenticate.js');
const { mediaTypeOf } = require('./auth/request.js');
const { SignatureVerifier } = require('./auth/oauth1.js');
const { oauth2Routes } = require('./auth/oauth2.js');
const { threeLeggedRoutes } = require('./auth/three-legged.js');
const { mediaRoutesV1 } = require('./api/media-v1.js');
const { mediaRoutesV2 } = require('./api/media.js');
const { MediaStore } = require('./api/media-store.js');
const { tweetRoutes } = require('./api/tweets.js');
const { usageRoutes } = require('./api/usage.js');
const { observeAnswers } = require('./answers.js');
const { billRequests } = require('./billing.js');
const { Clock } = require('./clock.js');
const { controlRoutes } = require('./control.js');
const { ENDPOINTS, OWN_ENDPOINTS } = require('./endpoints.js');
const { playFaults } = require('./faults/play.js');
const { Faults } = require('./faults/rules.js');
const { Ledger } = require('./ledger.js');
const { RateLimiter } = require('./limits.js');
const { certificates } = require('./listen/certificates.js');
const { Door } = require('./listen/door.js');
const { UnknownName, checkName } = require('./known.js');
const { mediaRoutes } = require('./media/routes.js');
const { checkExhaustion, checkOptions } = require('./options.js');
const { Refusal, problems } = require('./problems.js');
const { State } = require('./state.js');
const { temporaryFolder } = require('./temporary.js');
const { timelineRoutes } = require('./timeline.js');
const { Hooks } = require('./webhooks/hooks.js');
const { subscriptionRoutes } = require('./webhooks/subscription-routes.js');
const { webhookControlRoutes, webhooksOf } = require('./webhooks/control.js');
const { webhookRoutes } = require('./webhooks/webhook-routes.js');

/**
 * Starts a sandbox of its own: nothing is shared with others.
 * @param {import('../index.js').SandboxOptions} [options]
 */
async function startSandbox(options = {}) {
  checkOptions(options);
  const folder = temporaryFolder();
  try {
    return await start(options, folder);
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** @param {import('../index.js').SandboxOptions} options @param {ReturnType<typeof temporaryFolder>} folder */
async function start(options, folder) {
  const clock = new Clock();
  const state = new State(clock, options);
  const ledger = new Ledger(state, options.ledger?.maxRequests ?? 100_000);
  const faults = new Faults();
  const hooks = new Hooks(state, () => ledger.changed());
  const store = new MediaStore(state, folder.path);
  const { fastify, door, root } = await server(options);
  const verifier = new SignatureVerifier(state);
  const limiter = new RateLimiter(clock, options.rateLimits ?? {});

  nameEndpoints(fastify);
  parseBodies(fastify);
  recordRequests(fastify, { clock, ledger, faults, door });
  billRequests(fastify, state);
  if (options.onAnswer) observeAnswers(fastify, options.onAnswer);
  playFaults(fastify, door);
  authorizeRequests(fastify, { state, verifier, limiter });
  answerErrors(fastify);

  const asUser = (/** @type {any} */ request) => request.identity;
  const { duplicates, lag: timelineLag } = state;
  const sandbox = {
    ...{ clock, ledger, faults, door, duplicates, timelineLag, webhooks: webhooksOf(hooks) },
    seedUser: state.seedUser.bind(state),
  };
  const shared = { state, store, verifier, asUser, sandbox, door, hooks };
  for (const routes of [
    tweetRoutes,
    usageRoutes,
    mediaRoutesV2,
    mediaRoutesV1,
    oauth2Routes,
    threeLeggedRoutes,
    webhookRoutes,
    subscriptionRoutes,
    mediaRoutes,
    timelineRoutes,
    controlRoutes,
    webhookControlRoutes,
  ]) {
    await fastify.register(/** @type {any} */ (routes), shared);
  }
  await fastify.ready();
  const url = await listen(door, options);
  return {
    ...sandbox,
    url,
    env: environment(url, state),
    caCertificate: root,
    mediaJournal: state.mediaJournal,
    /** @param {null | 'usage-cap' | 'credits' | 'spend-cap'} kind */
    exhaust: (kind) => {
      checkExhaustion(kind);
      state.exhausted = kind;
    },
    async close() {
      await hooks.courier.close();
      await door.close();
      await fastify.close();
      await folder.remove();
    },
  };
}

/** Each route has a name that faults can be played at. @param {import('fastify').FastifyInstance} fastify */
function nameEndpoints(fastify) {
  fastify.addHook('onRoute', ({ config }) => {
    checkName('endpoint', /** @type {any} */ (config)?.endpoint, [...ENDPOINTS, ...OWN_ENDPOINTS]);
  });
}

/**
 * The server, which does not listen itself: the door does.
 * @param {import('../index.js').SandboxOptions} options
 */
async function server({ tls = false, http2 = false }) {
  const settings = {
    // Of a JSON body: a GIF of 15 MB has 20 MB in base64.
    bodyLimit: 24 << 20,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: false },
  };
  if (!tls) {
    const fastify = Fastify(settings);
    return { fastify, door: new Door(fastify.server), root: undefined };
  }
  const { root, own, stranger } = await certificates();
  const fastify = /** @type {import('fastify').FastifyInstance} */ (
    /** @type {unknown} */ (
      http2
        ? Fastify({ ...settings, http2: true, https: { ...own, allowHTTP1: true } })
        : Fastify({ ...settings, https: own })
    )
  );
  // A handshake that breaks off is what a fault may have made of it.
  fastify.server.on('tlsClientError', () => {}).on('sessionError', () => {});
  return { fastify, door: new Door(fastify.server, stranger), root };
}

/** @param {Door} door @param {import('../index.js').SandboxOptions} options */
async function listen(door, { port = 0, host = '127.0.0.1', tls = false }) {
  const own = await door.listen(port, host);
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${own}`;
}

/** @param {string} url @param {State} state */
function environment(url, state) {
  return {
    X_API_BASE_URL: url,
    X_UPLOAD_BASE_URL: url,
    X_AUTHORIZE_URL: `${url}/i/oauth2/authorize`,
    X_MEDIA_ALLOW_PRIVATE_NETWORKS: '1',
    X_MEDIA_ALLOW_HTTP: '1',
    X_CLIENT_ID: state.app.clientId,
    X_CLIENT_SECRET: state.app.clientSecret,
    X_API_KEY: state.app.apiKey,
    X_API_SECRET: state.app.apiSecret,
  };
}

/** @param {import('fastify').FastifyInstance} fastify */
function parseBodies(fastify) {
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    // Clients name the type of a body that they do not send.
    if (text === '') return done(null, undefined);
    try {
      done(null, JSON.parse(/** @type {string} */ (text)));
    } catch {
      done(problems.badRequest('Request body is not valid JSON.'));
    }
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(/** @type {string} */ (text)))),
  );
  // A multipart body is read by the handler itself, straight to disk; what nobody reads is refused by its type.
  fastify.addContentTypeParser(['multipart/form-data', '*'], (_request, _payload, done) => done(null));
}

/** @param {import('fastify').FastifyInstance} fastify @param {{ clock: Clock, ledger: Ledger, faults: Faults, door: Door }} parts */
function recordRequests(fastify, { clock, ledger, faults, door }) {
  fastify.decorateRequest('connectionId', 0);
  fastify.decorateRequest('entry', null);
  fastify.decorateRequest('fault', null);
  fastify.decorateRequest('identity', null);
  fastify.addHook('onRequest', async (/** @type {any} */ request, reply) => {
    const endpoint = request.routeOptions.config?.endpoint ?? 'unknown';
    if (OWN_ENDPOINTS.includes(endpoint)) return;
    const fault = faults.next(endpoint);
    const connectionId = Number(request.raw.socket.remotePort);
    door.began(connectionId);
    const [path] = request.raw.url.split('?');
    Object.assign(request, { fault, connectionId });
    request.entry = {
      method: request.method,
      path,
      endpoint,
      at: clock.now(),
      connection: connectionId,
      status: null,
      presented: String(request.headers.authorization ?? '').split(' ')[0] || null,
      auth: null,
      userId: null,
      aborted: false,
      fault: fault?.kind ?? null,
      details: {},
    };
    ledger.add(request.entry);
    let isSent = false;
    reply.raw.on('finish', () => {
      isSent = true;
    });
    reply.raw.on('close', () => {
      door.ended(connectionId);
      request.entry.aborted = !isSent;
      if (isSent) request.entry.status = reply.raw.statusCode;
      ledger.changed();
    });
  });
  fastify.addHook('onSend', async (_request, reply, payload) => {
    // The work is done, whatever becomes of its answer.
    ledger.changed();
    // Node's own header would tell the real time.
    reply.header('date', new Date(clock.now()).toUTCString());
    return payload;
  });
}

/** @param {import('fastify').FastifyInstance} fastify @param {{ state: State, verifier: SignatureVerifier, limiter: RateLimiter }} parts */
function authorizeRequests(fastify, { state, verifier, limiter }) {
  fastify.addHook('preHandler', async (/** @type {any} */ request, reply) => {
    const { needs, endpoint, accepts } = request.routeOptions.config ?? {};
    if (!needs) return;
    const identity = authenticate(state, verifier, request, needs);
    request.identity = identity;
    Object.assign(request.entry, { auth: identity.kind, userId: identity.user?.id ?? null });
    if (accepts && !accepts.includes(mediaTypeOf(request))) {
      throw problems.badRequest(`Requests with bodies must have content-type of ${accepts.join(' or ')}.`);
    }
    if (accepts && mediaTypeOf(request) === 'application/json' && request.body === undefined) {
      throw problems.badRequest('Request body is not valid JSON.');
    }
    if (state.exhausted) throw problems.exhausted(state.exhausted);
    reply.headers(limiter.count(endpoint, identity));
  });
}

/** @param {import('fastify').FastifyInstance} fastify */
function answerErrors(fastify) {
  fastify.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).type('text/html').send('<html>Not Found</html>'),
  );
  fastify.setErrorHandler(async (/** @type {any} */ thrown, _request, reply) => {
    const error = thrown instanceof UnknownName ? problems.badRequest(thrown.message) : thrown;
    if (error instanceof Refusal) {
      const { title } = /** @type {any} */ (error.body);
      // RFC 9457; the older errors and those of OAuth are plain JSON.
      if (title !== undefined) reply.type('application/problem+json');
      return reply.code(error.status).headers(error.headers).send(error.body);
    }
    const status = error.statusCode ?? 500;
    if (status === 413) return reply.code(413).send('');
    const type = 'https://api.x.com/2/problems/internal-error';
    reply.code(status).type('application/problem+json');
    return reply.send({ title: 'Internal Error', detail: String(error.message), type, status });
  });
}

module.exports = { startSandbox };
