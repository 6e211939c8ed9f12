'use strict';

/** The sandbox by HTTP, for other processes and languages. @param {import('fastify').FastifyInstance} fastify @param {{ sandbox: any, state: import('./state.js').State }} options */
async function controlRoutes(fastify, { sandbox, state }) {
  const config = { endpoint: 'control' };
  fastify.post('/_sandbox/users', { config }, async (request) => sandbox.seedUser(request.body ?? {}));
  fastify.get('/_sandbox/requests', { config }, async (request) => sandbox.ledger.requests(request.query));
  fastify.get('/_sandbox/tweets', { config }, async () =>
    sandbox.ledger.tweets().map((/** @type {any} */ { id, text, user, body, createdAt, deleted, media }) => ({
      id,
      text,
      userId: user.id,
      body,
      createdAt,
      deleted,
      mediaIds: media.map((/** @type {any} */ medium) => medium.id),
    })),
  );
  fastify.get('/_sandbox/media', { config }, async () =>
    sandbox.ledger.media().map((/** @type {any} */ { segments, files: _files, stateAt: _stateAt, ...media }) => ({
      ...media,
      segments: [...segments],
    })),
  );
  fastify.post('/_sandbox/faults', { config }, async (request) => {
    sandbox.faults.add(request.body);
    return {};
  });
  fastify.delete('/_sandbox/faults', { config }, async () => {
    sandbox.faults.clear();
    return {};
  });
  fastify.post('/_sandbox/clock', { config }, async (request) => {
    sandbox.clock.advance(/** @type {any} */ (request.body).advanceMs);
    return { now: sandbox.clock.now() };
  });
  fastify.post('/_sandbox/exhaust', { config }, async (request) => {
    state.exhausted = /** @type {any} */ (request.body).kind ?? null;
    return {};
  });
}

module.exports = { controlRoutes };
