'use strict';

const { Ajv } = require('ajv');
const addFormats = /** @type {any} */ (require('ajv-formats'));
const { endpoints } = require('../schemas/endpoints.js');
const { plainError, problemAnswer } = require('../schemas/problems.js');

/** @typedef {import('../../index.js').Answer} Answer */

const ajv = new Ajv({ allErrors: true, strict: true });
addFormats(ajv);

/** @type {Map<object, import('ajv').ValidateFunction>} */
const compiled = new Map();

/** How a value differs from its schema. @param {import('../schemas/shapes.js').Schema} schema @param {unknown} value @returns {string[]} */
function differences(schema, value) {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'the answer'} ${message} ${JSON.stringify(params)}`,
  );
}

const VOCABULARIES = { old: endpoints(false), new: endpoints(true) };

/** @param {string} text @returns {{ value?: unknown, faults: string[] }} */
function parse(text) {
  try {
    return { value: JSON.parse(text), faults: [] };
  } catch {
    return { faults: [`is no JSON: ${text.slice(0, 200)}`] };
  }
}

/** @param {Answer} answer @param {string} expected */
function typeFaults({ headers }, expected) {
  const type = String(headers['content-type'] ?? '').split(';')[0];
  return type === expected ? [] : [`has the type ${type}, not ${expected}`];
}

/** @param {Answer} answer @param {import('../schemas/endpoints.js').Good} good */
function goodFaults(answer, good) {
  const { body, headers } = answer;
  if (good.empty) return body === '' ? [] : ['has a body'];
  if (good.location) return URL.canParse(String(headers.location)) ? [] : ['leads nowhere'];
  if (good.text) return good.text.test(body) ? [] : [`is not ${good.text}`];
  if (good.pairs) {
    const names = [...new URLSearchParams(body).keys()];
    return names.join() === good.pairs.join() ? [] : [`has the pairs ${names.join()}, not ${good.pairs.join()}`];
  }
  const { value, faults } = parse(body);
  if (faults.length > 0) return faults;
  return [
    ...typeFaults(answer, 'application/json'),
    ...differences(/** @type {import('../schemas/shapes.js').Schema} */ (good.json), value),
  ];
}

/** @param {Answer} answer */
function errorFaults(answer) {
  // Too large a body is refused without a word.
  if (answer.status === 413) return answer.body === '' ? [] : ['has a body'];
  const { value, faults } = parse(answer.body);
  if (faults.length > 0) return faults;
  const isProblem = typeof value === 'object' && value !== null && 'title' in value;
  return isProblem
    ? [...typeFaults(answer, 'application/problem+json'), ...differences(problemAnswer, value)]
    : [...typeFaults(answer, 'application/json'), ...differences(plainError, value)];
}

/** @param {Answer} answer */
function headerFaults({ headers }) {
  const limits = Object.entries(headers).filter(([name]) => name.startsWith('x-rate-limit-'));
  return [
    ...(/ GMT$/.test(String(headers.date)) ? [] : [`has the date ${headers.date}`]),
    ...(limits.length === 0 || limits.length === 3 ? [] : ['has some of the headers of rate limits']),
    ...limits.filter(([, value]) => !/^\d+$/.test(String(value))).map(([name, value]) => `has ${name}: ${value}`),
  ];
}

/** How an answer differs from what X's specification says. @param {Answer} answer @returns {string[]} */
function faultsOf(answer) {
  if (answer.endpoint === 'source') return [];
  if (answer.endpoint === 'unknown') return answer.status === 404 ? [] : ['leads nowhere, but is no 404'];
  const names = new URLSearchParams(answer.url.split('?')[1]).has('post.fields') ? 'new' : 'old';
  const statuses = VOCABULARIES[names][answer.endpoint];
  if (!statuses) return ['is of an endpoint that has no schema'];
  const good = statuses[answer.status];
  if (!good && answer.status < 400) return ['has a status that it can not have'];
  return [...headerFaults(answer), ...(good ? goodFaults(answer, good) : errorFaults(answer))];
}

/**
 * Judges all answers of a sandbox: `onAnswer` is its option, and `assert` throws if one of them was not as X's are.
 */
function conformance() {
  /** @type {string[]} */
  const found = [];
  let answers = 0;
  return {
    /** @param {Answer} answer */
    onAnswer(answer) {
      answers += 1;
      const faults = faultsOf(answer);
      if (faults.length === 0) return;
      const title = `${answer.method} ${answer.url} → ${answer.status}`;
      found.push(`${title}\n  ${faults.join('\n  ')}\n  ${answer.body.slice(0, 1000)}`);
    },
    get answers() {
      return answers;
    },
    assert() {
      if (found.length > 0) throw new Error(`${found.length} answers are not as X's:\n${found.slice(0, 5).join('\n')}`);
    },
  };
}

module.exports = { conformance, faultsOf };
