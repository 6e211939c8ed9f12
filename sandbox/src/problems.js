'use strict';

/** An answer that is an error: thrown by handlers, written in X's shapes. */
class Refusal extends Error {
  /** @param {number} status @param {unknown} body @param {Record<string, string>} [headers] */
  constructor(status, body, headers = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const base = 'https://api.twitter.com/2/problems';

const problems = {
  unauthorized: () =>
    new Refusal(401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' }),
  /** @param {number} status @param {number} code @param {string} message */
  v1: (status, code, message) => new Refusal(status, { errors: [{ code, message }] }),
  /** An app that asks for its own token with a key or secret that is wrong. */
  unknownApp: () =>
    new Refusal(403, {
      errors: [{ code: 99, label: 'authenticity_token_error', message: 'Unable to verify your credentials' }],
    }),
  /** @param {string} [detail] */
  forbidden: (detail = 'Forbidden') =>
    new Refusal(403, { title: 'Forbidden', type: 'about:blank', status: 403, detail }),
  /** The call is for other plans than self-serve. */
  notEnrolled: () =>
    new Refusal(403, {
      title: 'Client Forbidden',
      detail: 'This client is not enrolled for this endpoint.',
      reason: 'client-not-enrolled',
      required_enrollment: 'Appropriate Level of API Access',
      registration_url: 'https://developer.twitter.com/en/docs/projects/overview',
      type: `${base}/client-forbidden`,
    }),
  /** A reply to, or a quote of, somebody who did not mention the user. */
  notSummoned: () =>
    new Refusal(403, {
      title: 'Authorization Error',
      detail: 'You can only reply to or quote posts where you are mentioned or are the author.',
      type: `${base}/not-authorized-for-resource`,
      status: 403,
    }),
  /** @param {string} detail */
  unsupportedAuthentication: (detail) =>
    new Refusal(403, {
      title: 'Unsupported Authentication',
      detail,
      type: `${base}/unsupported-authentication`,
      status: 403,
    }),
  /** @param {string} message @param {Record<string, unknown[]>} [parameters] */
  invalid: (message, parameters = {}) =>
    new Refusal(400, {
      errors: [{ parameters, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${base}/invalid-request`,
    }),
  /** A refusal that X calls by a name, which its sentence begins with. @param {string} name @param {string} details */
  named: (name, details) =>
    new Refusal(400, {
      errors: [{ message: `${name}: ${details}` }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${base}/invalid-request`,
    }),
  /** @param {string} detail */
  badRequest: (detail) => new Refusal(400, { title: 'Bad Request', type: 'about:blank', status: 400, detail }),
  notFound: () => new Refusal(404, { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' }),
  /** @param {Record<string, string>} headers */
  rateLimited: (headers) =>
    new Refusal(
      429,
      { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
      headers,
    ),
  /** @param {'usage-cap' | 'credits' | 'spend-cap'} kind */
  exhausted: (kind) =>
    ({
      'usage-cap': () =>
        new Refusal(429, {
          title: 'UsageCapExceeded',
          period: 'Monthly',
          scope: 'Product',
          account_id: 1,
          product_name: 'sandbox',
          type: `${base}/usage-capped`,
        }),
      credits: () =>
        new Refusal(402, {
          detail: 'credits depleted',
          status: 402,
          title: 'Payment Required',
          type: 'https://api.x.com/2/problems/credits-depleted',
        }),
      'spend-cap': () =>
        new Refusal(403, {
          title: 'Forbidden',
          detail: 'Your monthly spend cap has been reached.',
          type: 'https://api.x.com/2/problems/spend-cap-reached',
        }),
    })[kind](),
  /** @param {number} status @param {string} error @param {string} description */
  oauth: (status, error, description) => new Refusal(status, { error, error_description: description }),
};

/** A post that can't be given, in the `errors` of a 200. @param {string} id @param {'id' | 'ids'} parameter */
function missingTweet(id, parameter) {
  return {
    value: id,
    detail: `Could not find tweet with ${parameter}: [${id}].`,
    title: 'Not Found Error',
    resource_type: 'tweet',
    parameter,
    resource_id: id,
    type: `${base}/resource-not-found`,
  };
}

/** A figure that can't be given, likewise. @param {string} id @param {string} field such as `organic_metrics.like_count` */
function refusedField(id, field) {
  return {
    resource_type: 'tweet',
    field,
    title: 'Field Authorization Error',
    resource_id: id,
    section: 'data',
    detail: `Sorry, you are not authorized to access '${field}' on the Tweet with id : [${id}].`,
    type: `${base}/not-authorized-for-field`,
  };
}

module.exports = { Refusal, missingTweet, problems, refusedField };
