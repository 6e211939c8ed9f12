'use strict';

const { count, list, object, text, whole } = require('./shapes.js');

/** @typedef {import('./shapes.js').Schema} Schema */

const said = { title: text, detail: text };
const about = { resource_type: text, resource_id: text, parameter: text, value: text, section: text, status: whole };
/** A 400 names each fault of the request; this is not in the specification. */
const faults = list(object({ message: text }, { parameters: { type: 'object', additionalProperties: list({}) } }));

/**
 * The problems, by the last segment of their type: those of X's specification 2.167, then those that are only seen.
 * @type {Record<string, [Record<string, Schema>, Record<string, Schema>?]>}
 */
const PROBLEMS = {
  'disallowed-resource': [
    { ...said, resource_id: text, resource_type: text },
    { status: whole, section: text },
  ],
  'field-hydration-failure': [{ ...said, field: text }, about],
  'field-unauthorized': [{ ...said, field: text }, about],
  'internal-error': [said, { status: whole }],
  'invalid-request': [
    { ...said, errors: faults },
    { status: whole, parameter: text, value: text },
  ],
  'not-authorized-for-field': [{ ...said, field: text }, about],
  'not-authorized-for-resource': [said, about],
  'resource-not-found': [{ ...said, resource_type: text }, about],
  'resource-unavailable': [{ ...said, resource_id: text, resource_type: text }, about],
  'client-forbidden': [
    { ...said, reason: text },
    { required_enrollment: text, registration_url: text, client_id: text, status: whole },
  ],
  'credits-depleted': [{ ...said, status: whole }],
  'spend-cap-reached': [said, { status: whole }],
  'unsupported-authentication': [said, { status: whole }],
  'usage-capped': [{ title: text, period: text, scope: text, account_id: whole, product_name: text }, { detail: text }],
};

/** Where most answers have the older name of the host. @param {string} suffix */
const typeOf = (suffix) => ({ type: 'string', pattern: `^https://api\\.(x|twitter)\\.com/2/problems/${suffix}$` });

const problems = Object.entries(PROBLEMS).map(([suffix, [required, optional]]) =>
  object({ type: typeOf(suffix), ...required }, optional),
);
const blank = object({ type: { type: 'string', const: 'about:blank' }, ...said, status: whole });
/** All that is known of the answer when a spending limit is reached. */
const spendCap = object({ title: { type: 'string', const: 'SpendCapReached' } });

/** One of the `errors` of a 200. */
const problem = { anyOf: problems };

/** An answer that is a problem. */
const problemAnswer = { anyOf: [...problems, blank, spendCap] };

/** The older errors, and those of OAuth 2.0. */
const plainError = {
  anyOf: [
    object({ errors: list(object({ code: count, message: text }, { label: text }), { minItems: 1 }) }),
    object({ error: text, error_description: text }),
  ],
};

module.exports = { plainError, problem, problemAnswer };
