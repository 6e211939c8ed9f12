'use strict';

const { problems } = require('./problems.js');

/** The sandbox by HTTP, for other processes and languages. @param {import('fastify').FastifyInstance} fastify @param {{ sandbox: any, state: import('./state.js').State }} options */
async function controlRoutes(fastify, { sandbox, state }) {
  const config = { endpoint: 'control' };
  fastify.post('/_sandbox/users', { config }, async (request) => sandbox.seedUser(request.body ?? {}));
  fastify.get('/_sandbox/requests', { config }, async (request) => {
    // A query has texts only.
    const wanted = Object.entries(/** @type {Record<string, string>} */ (request.query));
    return sandbox.ledger
      .requests()
      .filter((/** @type {any} */ entry) => wanted.every(([name, value]) => String(entry[name]) === value));
  });
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
    sandbox.ledger
      .media()
      .map(
        (/** @type {any} */ { segments, owners, files: _files, assembly: _assembly, stateAt: _stateAt, ...media }) => ({
          ...media,
          owners: [...owners],
          segments: [...segments],
        }),
      ),
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
    const { advanceMs } = /** @type {any} */ (request.body ?? {});
    if (!Number.isFinite(advanceMs)) throw problems.badRequest('advanceMs has to be a number');
    sandbox.clock.advance(advanceMs);
    return { now: sandbox.clock.now() };
  });
  fastify.post('/_sandbox/exhaust', { config }, async (request) => {
    const { kind = null } = /** @type {any} */ (request.body ?? {});
    if (![null, 'usage-cap', 'credits', 'spend-cap'].includes(kind)) throw problems.badRequest('The kind is unknown');
    state.exhausted = kind;
    return {};
  });
}

module.exports = { controlRoutes };
