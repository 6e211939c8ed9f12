'use strict';

const { ENTRY } = require('./ledger.js');
const { checkMembers } = require('./known.js');
const { checkExhaustion } = require('./options.js');
const { problems } = require('./problems.js');

/** The names of this file's routes, for those who look for another one. */
const ROUTES = [
  ...[
    'billed',
    'clock',
    'duplicates',
    'exhaust',
    'faults',
    'likes',
    'media',
    'requests',
    'revocations',
    'timeline-lag',
    'tweets',
  ],
  ...['users', 'webhooks'],
];

/** The sandbox by HTTP, for other processes and languages. @param {import('fastify').FastifyInstance} fastify @param {{ sandbox: any, state: import('./state.js').State }} options */
async function controlRoutes(fastify, { sandbox, state }) {
  const config = { endpoint: 'control' };
  fastify.all('/_sandbox/*', { config }, async (_request, reply) => {
    reply.code(404);
    return { error: `There is no such route below /_sandbox/. Known: ${ROUTES.join(', ')}` };
  });
  fastify.post('/_sandbox/users', { config }, async (request) => sandbox.seedUser(request.body ?? {}));
  fastify.get('/_sandbox/requests', { config }, async (request) => {
    // A query has texts only.
    const wanted = Object.entries(/** @type {Record<string, string>} */ (request.query));
    checkMembers('A request in the ledger', request.query, ENTRY);
    return sandbox.ledger
      .requests()
      .filter((/** @type {any} */ entry) => wanted.every(([name, value]) => String(entry[name]) === value));
  });
  fastify.get('/_sandbox/billed', { config }, async () => sandbox.ledger.billed());
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
    checkMembers('The clock', request.body ?? {}, ['advanceMs']);
    const { advanceMs } = /** @type {any} */ (request.body ?? {});
    if (!Number.isFinite(advanceMs)) throw problems.badRequest('advanceMs has to be a number');
    sandbox.clock.advance(advanceMs);
    return { now: sandbox.clock.now() };
  });
  fastify.post('/_sandbox/exhaust', { config }, async (request) => {
    checkMembers('Exhaustion', request.body ?? {}, ['kind']);
    const { kind = null } = /** @type {any} */ (request.body ?? {});
    checkExhaustion(kind);
    state.exhausted = kind;
    return {};
  });
  fastify.post('/_sandbox/duplicates', { config }, async (request) => {
    checkMembers('The guard against duplicates', request.body ?? {}, ['refused', 'windowMs']);
    Object.assign(sandbox.duplicates, request.body);
    return { refused: sandbox.duplicates.refused, windowMs: sandbox.duplicates.windowMs };
  });
  fastify.post('/_sandbox/timeline-lag', { config }, async (request) => {
    sandbox.timelineLag.set(request.body ?? {});
    return {};
  });
  fastify.delete('/_sandbox/timeline-lag', { config }, async () => {
    sandbox.timelineLag.clear();
    return {};
  });
}

module.exports = { controlRoutes };
