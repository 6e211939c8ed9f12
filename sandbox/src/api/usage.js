'use strict';

const { problems } = require('../problems.js');

/** @typedef {import('../state.js').State} State */

const APP_ALONE = { scopes: [], appOnly: true, appAlone: true };
const CAP = 3_000_000;
const MAX_DAYS = 90;
/** The next cycle begins with the month. */
const RESET_DAY = 1;

/** What the app has used. @param {import('fastify').FastifyInstance} fastify @param {{ state: State }} options */
async function usageRoutes(fastify, { state }) {
  fastify.get('/2/usage/tweets', { config: { endpoint: 'usage', needs: APP_ALONE } }, async (request) => {
    const query = /** @type {Record<string, string>} */ (request.query);
    const days = Number(query.days ?? 7);
    if (!(Number.isInteger(days) && days >= 1 && days <= MAX_DAYS)) {
      throw problems.invalid('The `days` query parameter value is not valid', { days: [query.days] });
    }
    const all = usage(state, days);
    const fields = query['usage.fields']?.split(',') ?? Object.keys(all);
    return { data: Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name))) };
  });

  fastify.get('/2/usage/credits', { config: { endpoint: 'credits', needs: APP_ALONE } }, async () => {
    const { credits } = state.options;
    // X's specification has this endpoint; X itself was seen to have none.
    if (!credits) throw problems.notFound();
    const { prepaid = 0, free = 0 } = credits;
    return { data: { prepaid_balance: prepaid, free_balance: free, total_balance: prepaid + free } };
  });
}

/** Numbers are texts, as X's specification has them. @param {State} state @param {number} days */
function usage({ app, billing, options }, days) {
  const daily = billing
    .postsRead(days)
    .map(({ day, posts }) => ({ date: `${day}T00:00:00.000Z`, usage: String(posts) }));
  return {
    project_id: app.projectId,
    project_usage: String(billing.postsReadInCycle()),
    project_cap: String(options.usageCap ?? CAP),
    cap_reset_day: RESET_DAY,
    daily_project_usage: { project_id: app.projectId, usage: daily },
    daily_client_app_usage: [{ client_app_id: app.id, usage_result_count: daily.length, usage: daily }],
  };
}

module.exports = { usageRoutes };
