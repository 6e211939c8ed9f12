'use strict';

const { ID, check, object } = require('../api/shape.js');
const { problems } = require('../problems.js');
const { faultOf } = require('./places.js');

const APP = { scopes: [], appOnly: true, appAlone: true };
const JSON_BODY = ['application/json'];
const DAY = 24 * 3600 * 1000;

const NEW = object({ url: { type: 'string', length: [1, 200] } }, ['url']);
const DIGITS = { type: /** @type {const} */ ('string'), pattern: /^[0-9]{12}$/ };
const REPLAY = object({ webhook_id: ID, from_date: DIGITS, to_date: DIGITS }, ['webhook_id', 'from_date', 'to_date']);

/** Where events go. @param {import('fastify').FastifyInstance} fastify @param {{ state: import('../state.js').State, hooks: import('./hooks.js').Hooks }} options */
async function webhookRoutes(fastify, { state, hooks }) {
  const { webhooks } = hooks;
  const limit = state.options.maxWebhooks ?? 1;
  const webhookOf = (/** @type {any} */ id) => {
    const webhook = webhooks.get(id);
    if (!webhook) throw problems.named('WebhookIdInvalid', 'there is no such webhook of this app');
    return webhook;
  };
  const checkId = (/** @type {any} */ { params }) => {
    if (!/^[0-9]{1,19}$/.test(params.webhook_id)) {
      throw problems.invalid('The `webhook_id` path parameter is not valid', { webhook_id: [params.webhook_id] });
    }
    return params.webhook_id;
  };

  fastify.post(
    '/2/webhooks',
    { config: { endpoint: 'createWebhook', needs: APP, accepts: JSON_BODY } },
    async (request) => {
      check(request.body, NEW);
      const { url } = /** @type {{ url: string }} */ (request.body);
      const fault = faultOf(url);
      if (fault) throw problems.named('UrlValidationFailed', `Url: ${url} ${fault}`);
      // Seen in this order: where a plan has one webhook, its URL once more is one too many.
      const refuseMore = () => {
        if (webhooks.size >= limit) throw problems.named('WebhookLimitExceeded', `the app has ${webhooks.size}`);
        if ([...webhooks.values()].some((known) => known.url === url)) {
          throw problems.named('DuplicateUrlFailed', `Url: ${url} is registered already`);
        }
      };
      refuseMore();
      const webhook = { id: state.snowflake(), url, valid: false, createdAt: timeOf(state) };
      const wrong = await hooks.check(webhook);
      if (wrong) throw problems.named('CrcValidationFailed', `Url: ${url} ${wrong}`);
      refuseMore();
      webhooks.set(webhook.id, webhook);
      return { data: show(webhook) };
    },
  );

  fastify.get('/2/webhooks', { config: { endpoint: 'listWebhooks', needs: APP } }, async () => {
    const data = [...webhooks.values()].map(show);
    return { data, meta: { result_count: data.length } };
  });

  fastify.put('/2/webhooks/:webhook_id', { config: { endpoint: 'validateWebhook', needs: APP } }, async (request) => {
    const webhook = webhookOf(checkId(request));
    const wrong = await hooks.check(webhook);
    if (wrong) throw problems.named('CrcValidationFailed', `Url: ${webhook.url} ${wrong}`);
    return { data: { valid: webhook.valid } };
  });

  fastify.delete('/2/webhooks/:webhook_id', { config: { endpoint: 'deleteWebhook', needs: APP } }, async (request) => {
    webhooks.delete(webhookOf(checkId(request)).id);
    return { data: { deleted: true } };
  });

  fastify.post(
    '/2/webhooks/replay',
    { config: { endpoint: 'replayWebhook', needs: APP, accepts: JSON_BODY } },
    async (request) => {
      check(request.body, REPLAY);
      const { webhook_id: id, from_date: first, to_date: last } = /** @type {any} */ (request.body);
      webhookOf(id);
      const [from, to] = [minuteOf(first), minuteOf(last)];
      const now = state.clock.now();
      const refuse = (/** @type {string} */ name, /** @type {string} */ why) => {
        throw problems.invalid(`QueryParamInvalid: ${name} ${why}`, { [name]: [name === 'from_date' ? first : last] });
      };
      if (from === undefined) refuse('from_date', 'is not in the correct format');
      if (to === undefined) refuse('to_date', 'is not in the correct format');
      if (Number(from) > Number(to)) refuse('from_date', 'is more recent than to_date');
      if (Number(to) > now) refuse('to_date', 'is in the future');
      if (Number(from) < now - DAY - 60_000) refuse('from_date', 'is older than 24 hours');
      if (hooks.replaying.has(id)) throw problems.named('ReplayConflictError', 'a replay job is already in progress');
      hooks.replay(id, Number(from), Number(to));
      return { data: { job_id: state.snowflake(), created_at: timeOf(state) } };
    },
  );
}

/** @param {import('../state.js').State} state */
const timeOf = (state) => new Date(state.clock.now()).toISOString();

/** @param {import('./hooks.js').Webhook} webhook */
const show = ({ id, url, valid, createdAt }) => ({ created_at: createdAt, id, url, valid });

/** @param {string} digits `yyyymmddhhmm` in UTC @returns {number | undefined} */
function minuteOf(digits) {
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:00.000Z');
  const instant = Date.parse(iso);
  return Number.isNaN(instant) || new Date(instant).toISOString() !== iso ? undefined : instant;
}

module.exports = { webhookRoutes };
